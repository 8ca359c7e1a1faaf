namespace Notes;

/// <summary>A note as the page sees it.</summary>
public sealed record Note(string Id, string Text, string Created, string Updated, Picture? Picture);

/// <summary>The picture of a note, with a URL at which it can be seen for some minutes.</summary>
public sealed record Picture(string Id, string Url, string Type, long Size);

/// <summary>What the page sends to write a note.</summary>
public sealed record NoteText(string? Text);

/// <summary>What the page sends to upload a picture.</summary>
public sealed record PictureType(string? Type);

/// <summary>Where the page puts the picture, and the id that it will have in the note once it is there.</summary>
public sealed record PictureUpload(string Id, string Url);

/// <summary>What went wrong, in the form of API Gateway's own errors.</summary>
public sealed record Problem(string Message);
