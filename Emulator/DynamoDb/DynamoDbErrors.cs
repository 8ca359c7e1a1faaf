using System.Text;
using Emulator.DynamoDb.Values;
using Emulator.Protocols;

namespace Emulator.DynamoDb;

/// <summary>The errors of DynamoDB, and the namespace of each on the wire.</summary>
internal static class DynamoDbErrors
{
    private const string Service = "com.amazonaws.dynamodb.v20120810#";
    private const string Coral = "com.amazon.coral.service#";

    /// <summary>What stands before the code in <c>__type</c>.</summary>
    public static string Namespace(string code) => code switch
    {
        "ValidationException" => "com.amazon.coral.validate#",
        "ThrottlingException" => "com.amazon.coral.availability#",
        "SerializationException" or "UnknownOperationException" or "AccessDeniedException" or "InternalFailure"
            or "MissingAuthenticationTokenException" or "InvalidSignatureException" or "IncompleteSignatureException"
            or "UnrecognizedClientException" or "ExpiredTokenException" or "NotImplemented" => Coral,
        _ => Service,
    };

    public static AwsException Validation(string message) => new("ValidationException", message);

    public static AwsException Invalid(string what) => Validation($"One or more parameter values were invalid: {what}");

    /// <summary>Operations on tables name the table.</summary>
    public static AwsException TableNotFound(string name) => new("ResourceNotFoundException", $"Requested resource not found: Table: {name} not found");

    public static AwsException IndexNotFound(string index, string table) => new("ResourceNotFoundException", $"Requested resource not found: Index: {index} not found for table: {table}");

    /// <summary>Operations on items do not.</summary>
    public static AwsException ResourceNotFound() => new("ResourceNotFoundException", "Requested resource not found");

    public static AwsException TableExists(string name) => new("ResourceInUseException", $"Table already exists: {name}");

    public static AwsException LimitExceeded(string what) => new("LimitExceededException", $"Subscriber limit exceeded: {what}");

    public static AwsException DeletionProtected() =>
        Validation("Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.");

    /// <param name="item">The item that was found, where ReturnValuesOnConditionCheckFailure asks for it.</param>
    public static AwsException ConditionalCheckFailed(AttributeMap item = default) =>
        new("ConditionalCheckFailedException", "The conditional request failed")
        {
            Members = item.IsEmpty ? [] : [new("Item", Output.ItemJson.Node(item))],
        };

    public static AwsException KeyDoesNotMatchSchema() => Validation("The provided key element does not match the schema");

    public static AwsException ItemTooLarge() => Validation("Item size has exceeded the maximum allowed size");

    public static AwsException UpdatedItemTooLarge() => Validation("Item size to update has exceeded the maximum allowed size");

    /// <summary>Source: the reason of a transaction in https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors.</summary>
    public static AwsException ItemCollectionTooLarge() => new("ItemCollectionSizeLimitExceededException", "Collection size exceeded.");

    public static AwsException AttributeDoesNotExist() => Validation("The provided expression refers to an attribute that does not exist in the item");

    public static AwsException IncorrectOperandType() => Validation("An operand in the update expression has an incorrect data type");

    public static AwsException InvalidDocumentPath() => Validation("The document path provided in the update expression is invalid for update");

    public static AwsException DuplicateKeys() => Validation("Provided list of item keys contains duplicates");

    public static AwsException MultipleOperationsOnOneItem() => Validation("Transaction request cannot include multiple operations on one item");

    /// <summary>The double text is AWS's: https://github.com/movogo-io/docs, tests of its DynamoDB driver.</summary>
    public static AwsException TransactionTooLarge(long bytes) => Validation($"Transaction payload size cannot exceed 4MB. Payload Size: : Transaction payload size cannot exceed 4MB. Payload Size: {bytes}");

    public static AwsException TransactionConflict() => new("TransactionConflictException", "Transaction is ongoing for the item");

    /// <summary>Source: https://github.com/aws/aws-sdk-java-v2/issues/2518.</summary>
    public static AwsException TransactionInProgress() => new("TransactionInProgressException", "Transaction from previous request is still in progress");

    /// <summary>Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#API_TransactWriteItems_Errors.</summary>
    public static AwsException IdempotentParameterMismatch() => new("IdempotentParameterMismatchException",
        "DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.");

    /// <summary>What is wrong with a number.</summary>
    public static string NumberText(NumberProblem problem, ReadOnlySpan<byte> text) => problem switch
    {
        NumberProblem.Overflow => "Number overflow. Attempting to store a number with magnitude larger than supported range",
        NumberProblem.Underflow => "Number underflow. Attempting to store a number with magnitude smaller than supported range",
        NumberProblem.TooManyDigits => "Attempting to store more than 38 significant digits in a Number",
        _ when text.IsEmpty => "The parameter cannot be converted to a numeric value",
        _ => $"The parameter cannot be converted to a numeric value: {Encoding.UTF8.GetString(text)}",
    };
}
