using System.Text;
using Emulator.DynamoDb.Values;

namespace Emulator.DynamoDb.Expressions;

/// <summary>Values as AWS writes them into its errors: <c>{S:text}</c>.</summary>
internal static class ValueText
{
    public static string Of(AttributeValue value)
    {
        var content = value.Content.Span;
        return value.Type switch
        {
            AttributeType.S => $"{{S:{Encoding.UTF8.GetString(content)}}}",
            AttributeType.N => $"{{N:{NumberEncoding.Format(content)}}}",
            AttributeType.B => $"{{B:{Convert.ToBase64String(content)}}}",
            _ => $"{{{value.Type}}}",
        };
    }
}
