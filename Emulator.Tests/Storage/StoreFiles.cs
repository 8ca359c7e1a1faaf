using SQLitePCL;

namespace Emulator.Tests.Storage;

/// <summary>The database of a data folder, looked at by SQLite itself.</summary>
internal static class StoreFiles
{
    /// <summary>"ok", or what is wrong with it.</summary>
    public static string IntegrityCheck(string file)
    {
        Batteries_V2.Init();
        raw.sqlite3_open(file, out var db);
        using (db)
        {
            raw.sqlite3_prepare_v2(db, "PRAGMA integrity_check", out var statement);
            using (statement)
            {
                raw.sqlite3_step(statement);
                return raw.sqlite3_column_text(statement, 0).utf8_to_string();
            }
        }
    }
}
