using Emulator.ApiGateway.HttpApis;
using Emulator.Protocols;

namespace Emulator.ApiGateway.Operations;

/// <summary>Reads HTTP APIs and what hangs from them; they come from emulator.yaml.</summary>
/// <remarks>https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/operations.html</remarks>
internal static class HttpApiOperations
{
    public static ValueTask<PageView<ApiView>> GetApis(ApiGatewayService service, Call call, ResourceInput input) =>
        new(input.Page(service.List(call.Account, call.Region).Select(ApiView.Of)));

    public static ValueTask<ApiView> GetApi(ApiGatewayService service, Call call, ResourceInput input) =>
        new(ApiView.Of(Find(service, call, input)));

    public static ValueTask<PageView<RouteView>> GetRoutes(ApiGatewayService service, Call call, ResourceInput input) =>
        new(input.Page(Find(service, call, input).Routes.Select(RouteView.Of)));

    public static ValueTask<RouteView> GetRoute(ApiGatewayService service, Call call, ResourceInput input) =>
        new(RouteView.Of(Find(service, call, input).Routes.FirstOrDefault(route => route.RouteId == input.Id) ?? throw ApiGatewayErrors.RouteNotFound(input.Id)));

    public static ValueTask<PageView<StageView>> GetStages(ApiGatewayService service, Call call, ResourceInput input)
    {
        var api = Find(service, call, input);
        return new(input.Page(api.Stages.Select(stage => StageView.Of(api, stage))));
    }

    public static ValueTask<StageView> GetStage(ApiGatewayService service, Call call, ResourceInput input)
    {
        var api = Find(service, call, input);
        return new(StageView.Of(api, api.Stages.FirstOrDefault(stage => stage.StageName == input.Id) ?? throw ApiGatewayErrors.StageNotFound(input.Id)));
    }

    public static ValueTask<PageView<IntegrationView>> GetIntegrations(ApiGatewayService service, Call call, ResourceInput input) =>
        new(input.Page(Find(service, call, input).Integrations.Select(IntegrationView.Of)));

    public static ValueTask<IntegrationView> GetIntegration(ApiGatewayService service, Call call, ResourceInput input) =>
        new(IntegrationView.Of(Find(service, call, input).Integrations.FirstOrDefault(integration => integration.IntegrationId == input.Id) ?? throw ApiGatewayErrors.IntegrationNotFound(input.Id)));

    public static ValueTask<PageView<AuthorizerView>> GetAuthorizers(ApiGatewayService service, Call call, ResourceInput input) =>
        new(input.Page(Find(service, call, input).Authorizers.Select(AuthorizerView.Of)));

    public static ValueTask<AuthorizerView> GetAuthorizer(ApiGatewayService service, Call call, ResourceInput input) =>
        new(AuthorizerView.Of(Find(service, call, input).Authorizers.FirstOrDefault(authorizer => authorizer.AuthorizerId == input.Id) ?? throw ApiGatewayErrors.AuthorizerNotFound(input.Id)));

    private static HttpApi Find(ApiGatewayService service, Call call, ResourceInput input) =>
        service.Find(input.ApiId) is { } api && api.Account == call.Account && api.Region == call.Region ? api : throw ApiGatewayErrors.ApiNotFound(call.Account, input.ApiId);
}
