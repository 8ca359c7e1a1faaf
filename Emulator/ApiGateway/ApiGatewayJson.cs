using System.Text.Json;
using System.Text.Json.Serialization;
using Emulator.ApiGateway.HttpApis;
using Emulator.ApiGateway.Operations;

namespace Emulator.ApiGateway;

/// <summary>The documents of this slice: what it stores, and what its operations answer.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(HttpApi))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(ApiView))]
[JsonSerializable(typeof(RouteView))]
[JsonSerializable(typeof(StageView))]
[JsonSerializable(typeof(IntegrationView))]
[JsonSerializable(typeof(AuthorizerView))]
[JsonSerializable(typeof(PageView<ApiView>), TypeInfoPropertyName = "ApiPage")]
[JsonSerializable(typeof(PageView<RouteView>), TypeInfoPropertyName = "RoutePage")]
[JsonSerializable(typeof(PageView<StageView>), TypeInfoPropertyName = "StagePage")]
[JsonSerializable(typeof(PageView<IntegrationView>), TypeInfoPropertyName = "IntegrationPage")]
[JsonSerializable(typeof(PageView<AuthorizerView>), TypeInfoPropertyName = "AuthorizerPage")]
internal sealed partial class ApiGatewayJson : JsonSerializerContext;
