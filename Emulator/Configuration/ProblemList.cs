namespace Emulator.Configuration;

/// <summary>The problems found so far in one file.</summary>
internal sealed class ProblemList(string path)
{
    private readonly List<ConfigurationProblem> _problems = [];
    private int _unlisted;

    /// <summary>Whether a further problem would be listed: if not, there is no need to think about its text.</summary>
    public bool IsFull => _problems.Count >= ConfigurationLimits.MaximumProblems;

    public void Add(ConfigNode at, string message) => Add(at.Line, at.Column, message);

    public void Add(int line, int column, string message)
    {
        if (IsFull) _unlisted++;
        else _problems.Add(new(path, line, column, message));
    }

    /// <summary>All of them in the order of their places.</summary>
    public IReadOnlyList<ConfigurationProblem> InOrder()
    {
        _problems.Sort(static (a, b) => a.Line != b.Line ? a.Line.CompareTo(b.Line) : a.Column.CompareTo(b.Column));
        if (_unlisted > 0) _problems.Add(new(path, _problems[^1].Line, _problems[^1].Column, $"there are {_unlisted} more problems, not listed"));
        return _problems;
    }
}
