using Emulator.Protocols;

namespace Emulator.DynamoDb.PartiQl;

/// <summary>The errors of statements. A statement that the grammar does not know is not well formed; one that DynamoDB does not take is refused in words of its own, often with the place.</summary>
/// <remarks>Texts observed: tests/tier3/error-messages/partiql*.test.ts of nubo-db/dynamodb-conformance, DynamoDbPartiQL*IntegrationTest of floci-io/floci (both recorded on AWS).</remarks>
internal static class PartiQlErrors
{
    /// <summary>Where the lexer gives up, AWS says nothing more.</summary>
    public static AwsException NotWellFormed(string detail = "") => DynamoDbErrors.Validation($"Statement wasn't well formed, can't be processed: {detail}");

    public static AwsException UnexpectedPath(PartiQlToken token) => At("Unexpected path component", token);

    public static AwsException UnsupportedClause(string clause, PartiQlToken token) => At($"Unsupported clause: {clause}", token);

    public static AwsException UnrecognizedFunction(PartiQlToken name) => At($"Unrecognized function: {name.Text.ToLowerInvariant()}", name);

    public static AwsException UnsupportedOperator(string expression, string symbol) => DynamoDbErrors.Validation($"Unsupported operator in {expression} Expression. Operator: {symbol}");

    public static AwsException UnsupportedData(string what, string path, PartiQlToken token) => At($"Unsupported data type: {what} under key {path}", token);

    public static AwsException ListIndex(string index, PartiQlToken token) => At($"List index is not within the allowable range; index: [{index}]", token);

    /// <summary>What begins the error of a document that is too deep, and all of it where the document is an item.</summary>
    public const string NestingTooDeep = "Nesting Levels have exceeded supported limits";

    public static AwsException ParameterCount() => DynamoDbErrors.Validation("Number of parameters in request and statement don't match.");

    public static AwsException NoIndexHere() => DynamoDbErrors.Validation("This operation is not supported on an index");

    public static AwsException ExistsOnlyInTransaction() => DynamoDbErrors.Validation("EXISTS can only be used in ExecuteTransaction write requests.");

    public static AwsException KeyRequired() => DynamoDbErrors.Validation("Where clause does not contain a mandatory equality on all key attributes");

    public static AwsException TwoKeys(string key) => DynamoDbErrors.Validation($"Multiple conditions on same key {key}. Only single item Update/Insert/Delete are supported");

    public static AwsException KeyType(string key) => DynamoDbErrors.Validation($"Key attribute's data type should match its data type in table's schema: Key {key}");

    public static AwsException Overlapping() => DynamoDbErrors.Validation("Overlapping conditions with range keys are not supported in where clause");

    public static AwsException TooManyReads() => DynamoDbErrors.Validation("Too many decomposed read operations for a given query.");

    /// <param name="operation">BatchExecuteStatement or ExecuteTransaction, whose SELECTs read one item each.</param>
    public static AwsException SingleReadRequired(string operation) => DynamoDbErrors.Validation($"Select statements within {operation} must specify the primary key in the where clause.");

    /// <summary>What is wrong with one statement of a transaction and refuses all of it.</summary>
    public static AwsException InTransaction(int index, AwsException error) => DynamoDbErrors.Validation($"Validation failed in TransactStatements[{index}]: {error.Message}");

    public static AwsException DuplicateItem() => new("DuplicateItemException", "Duplicate primary key exists in table");

    public static AwsException InvalidNextToken() => DynamoDbErrors.Validation("Invalid NextToken");

    public static AwsException NextTokenMismatch() => DynamoDbErrors.Validation("NextToken does not match request");

    public static AwsException At(string problem, PartiQlToken token) => DynamoDbErrors.Validation($"{problem} at {token.Position}");
}
