namespace Emulator.S3.Checksums;

/// <summary>A checksum as a client states it.</summary>
internal sealed record GivenChecksum(ChecksumAlgorithm Algorithm, string Value);
