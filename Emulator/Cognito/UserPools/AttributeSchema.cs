using System.Globalization;
using System.Text.RegularExpressions;

namespace Emulator.Cognito.UserPools;

/// <summary>The attributes that the users of a pool can have, and what their values must be.</summary>
/// <remarks>https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html</remarks>
internal static partial class AttributeSchema
{
    private const string Prefix = "Attributes did not conform to the schema: ";

    private static readonly TextShape CustomName = new(1, 20, Patterns.VisiblePattern, Patterns.Visible);

    /// <summary>The attributes of every pool, in AWS's order.</summary>
    private static readonly SchemaAttribute[] Standard =
    [
        Text("sub", min: 1) with { Mutable = false, Required = true },
        Text("name"), Text("given_name"), Text("family_name"), Text("middle_name"), Text("nickname"), Text("preferred_username"),
        Text("profile"), Text("picture"), Text("website"), Text("email"), Flag("email_verified"), Text("gender"), Text("birthdate", 10, 10),
        Text("zoneinfo"), Text("locale"), Text("phone_number"), Flag("phone_number_verified"), Text("address"),
        new() { Name = "updated_at", AttributeDataType = "Number", DeveloperOnlyAttribute = false, Mutable = true, Required = false, NumberAttributeConstraints = new("0", null) },
    ];

    /// <summary>All attributes of the pool, as DescribeUserPool lists them.</summary>
    public static IEnumerable<SchemaAttribute> All(UserPool pool) =>
        Standard.Select(standard => pool.Schema.FirstOrDefault(own => own.Name == standard.Name) ?? standard)
            .Concat(pool.Schema.Where(own => !IsStandard(own.Name)));

    public static SchemaAttribute? Find(UserPool pool, string name) =>
        pool.Schema.FirstOrDefault(own => own.Name == name) ?? Array.Find(Standard, standard => standard.Name == name);

    /// <summary>The stored form of what CreateUserPool or AddCustomAttributes declares; throws where AWS does.</summary>
    public static SchemaAttribute Declare(SchemaAttribute declared)
    {
        var name = declared.Name ?? throw CognitoErrors.InvalidParameter("Attribute name must not be null");
        return Array.Find(Standard, attribute => attribute.Name == name) is { } standard ? DeclareStandard(standard, declared) : DeclareCustom(declared);
    }

    /// <summary>The stored form of a custom attribute.</summary>
    public static SchemaAttribute DeclareCustom(SchemaAttribute declared)
    {
        new ShapeCheck()
            .Required("customAttributes.1.member.name", declared.Name, CustomName)
            .OneOf("customAttributes.1.member.attributeDataType", declared.AttributeDataType, "String", "Number", "DateTime", "Boolean")
            .Done();
        if (declared.AttributeDataType is null) throw CognitoErrors.InvalidParameter("Invalid AttributeDataType input, consider using the provided AttributeDataType enum.");
        if (declared.Required == true) throw CognitoErrors.InvalidParameter("Required custom attributes are not supported currently.");
        var developerOnly = declared.DeveloperOnlyAttribute ?? false;
        return declared with
        {
            Name = (developerOnly ? "dev:custom:" : "custom:") + declared.Name,
            DeveloperOnlyAttribute = developerOnly,
            Mutable = declared.Mutable ?? true,
            Required = false,
            StringAttributeConstraints = declared.AttributeDataType == "String" ? declared.StringAttributeConstraints ?? new(null, null) : null,
            NumberAttributeConstraints = declared.AttributeDataType == "Number" ? declared.NumberAttributeConstraints ?? new(null, null) : null,
        };
    }

    /// <summary>Throws where a new user's attributes do not fit the schema.</summary>
    /// <param name="complete">Whether required attributes must be there.</param>
    public static void CheckNew(UserPool pool, IReadOnlyDictionary<string, string> attributes, bool complete)
    {
        var problems = new List<string>();
        foreach (var (name, value) in attributes)
        {
            // Observed: an attribute that the pool does not have stops the check at once.
            var schema = Find(pool, name) ?? throw CognitoErrors.InvalidParameter($"{Prefix}Type for attribute {{{name}}} could not be determined");
            if (Problem(schema, value) is { } problem) problems.Add($"{name}: {problem}");
        }
        if (complete)
        {
            foreach (var name in MissingRequired(pool, attributes)) problems.Add($"{ScimName(name)}: The attribute {ScimName(name)} is required");
        }
        if (problems.Count > 0) throw CognitoErrors.InvalidParameter(Prefix + string.Join(", ", problems));
        CheckFormats(attributes);
    }

    /// <summary>Throws where changed attributes do not fit the schema.</summary>
    public static void CheckUpdate(UserPool pool, IReadOnlyDictionary<string, string> attributes)
    {
        foreach (var (name, value) in attributes)
        {
            if (Find(pool, name) is not { } schema) throw CognitoErrors.InvalidParameter($"user.{name}: Attribute does not exist in the schema.\n");
            if (schema.Mutable == false) throw CognitoErrors.InvalidParameter($"user.{name}: Attribute cannot be updated.\n");
            if (Problem(schema, value) is { } problem) throw CognitoErrors.InvalidParameter($"{Prefix}{name}: {problem}");
        }
        CheckFormats(attributes);
    }

    public static IEnumerable<string> MissingRequired(UserPool pool, IReadOnlyDictionary<string, string> attributes) =>
        All(pool).Where(schema => schema.Required == true && schema.Name != "sub" && !attributes.ContainsKey(schema.Name!)).Select(schema => schema.Name!);

    /// <summary>The attributes of a request by name; throws for one without a value.</summary>
    public static Dictionary<string, string> Read(IReadOnlyList<AttributeType>? attributes)
    {
        var result = new Dictionary<string, string>();
        foreach (var attribute in attributes ?? [])
        {
            if (attribute.Name is not { } name) throw CognitoErrors.InvalidParameter("Attribute name must not be null");
            result[name] = attribute.Value ?? throw CognitoErrors.InvalidParameter($"Attribute value for {name} must not be null");
        }
        return result;
    }

    public static bool IsEmail(string text) => EmailPattern().IsMatch(text);

    public static bool IsPhoneNumber(string text) => PhonePattern().IsMatch(text);

    private static SchemaAttribute DeclareStandard(SchemaAttribute standard, SchemaAttribute declared)
    {
        if ((declared.AttributeDataType ?? standard.AttributeDataType) != standard.AttributeDataType || declared.DeveloperOnlyAttribute == true)
        {
            throw CognitoErrors.InvalidParameter($"You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute {standard.Name}");
        }
        return standard with
        {
            Mutable = declared.Mutable ?? standard.Mutable,
            Required = declared.Required ?? standard.Required,
            StringAttributeConstraints = declared.StringAttributeConstraints ?? standard.StringAttributeConstraints,
            NumberAttributeConstraints = declared.NumberAttributeConstraints ?? standard.NumberAttributeConstraints,
        };
    }

    private static string? Problem(SchemaAttribute schema, string value) => schema.AttributeDataType switch
    {
        "String" => LengthProblem(schema.StringAttributeConstraints, value),
        "Number" => NumberProblem(schema.NumberAttributeConstraints, value),
        "Boolean" => value is "true" or "false" ? null : "Value must be a Boolean",
        _ => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _) || long.TryParse(value, CultureInfo.InvariantCulture, out _) ? null : "Value must be a DateTime",
    };

    private static string? LengthProblem(StringAttributeConstraints? constraints, string value)
    {
        if (long.TryParse(constraints?.MinLength, CultureInfo.InvariantCulture, out var min) && value.Length < min) return $"String must be at least {min} characters";
        if (long.TryParse(constraints?.MaxLength, CultureInfo.InvariantCulture, out var max) && value.Length > max) return $"String must be no longer than {max} characters";
        return null;
    }

    private static string? NumberProblem(NumberAttributeConstraints? constraints, string value)
    {
        if (!decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)) return "Value must be a Number";
        if (decimal.TryParse(constraints?.MinValue, CultureInfo.InvariantCulture, out var min) && number < min) return $"Value must be at least {constraints!.MinValue}";
        if (decimal.TryParse(constraints?.MaxValue, CultureInfo.InvariantCulture, out var max) && number > max) return $"Value must be no greater than {constraints!.MaxValue}";
        return null;
    }

    private static void CheckFormats(IReadOnlyDictionary<string, string> attributes)
    {
        if (attributes.TryGetValue("email", out var email) && email.Length > 0 && !IsEmail(email)) throw CognitoErrors.InvalidParameter("Invalid email address format.");
        if (attributes.TryGetValue("phone_number", out var phone) && phone.Length > 0 && !IsPhoneNumber(phone)) throw CognitoErrors.InvalidParameter("Invalid phone number format.");
    }

    /// <summary>Observed: a missing attribute is named as in SCIM.</summary>
    private static string ScimName(string name) => name switch
    {
        "name" => "name.formatted",
        "given_name" => "name.givenName",
        "family_name" => "name.familyName",
        "middle_name" => "name.middleName",
        "email" => "emails",
        "phone_number" => "phoneNumbers",
        _ => name,
    };

    private static bool IsStandard(string? name) => Array.Exists(Standard, standard => standard.Name == name);

    private static SchemaAttribute Text(string name, int min = 0, int max = 2048) => new()
    {
        Name = name,
        AttributeDataType = "String",
        DeveloperOnlyAttribute = false,
        Mutable = true,
        Required = false,
        StringAttributeConstraints = new(min.ToString(CultureInfo.InvariantCulture), max.ToString(CultureInfo.InvariantCulture)),
    };

    private static SchemaAttribute Flag(string name) => new() { Name = name, AttributeDataType = "Boolean", DeveloperOnlyAttribute = false, Mutable = true, Required = false };

    [GeneratedRegex(@"^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$", RegexOptions.NonBacktracking)]
    private static partial Regex EmailPattern();

    // E.164: a plus sign, then up to 15 digits.
    [GeneratedRegex(@"^\+[1-9][0-9]{1,14}$")]
    private static partial Regex PhonePattern();
}
