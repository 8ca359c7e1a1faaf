namespace Emulator.S3.Checksums;

/// <summary>The checksums that S3 keeps of an object.</summary>
internal enum ChecksumAlgorithm { CRC32, CRC32C, CRC64NVME, SHA1, SHA256 }
