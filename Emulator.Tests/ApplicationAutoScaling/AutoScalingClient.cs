using Emulator.Tests.Clients;

namespace Emulator.Tests.ApplicationAutoScaling;

internal sealed class AutoScalingClient(AwsEmulator aws) : AwsJsonClient(aws, "application-autoscaling", "AnyScaleFrontendService");
