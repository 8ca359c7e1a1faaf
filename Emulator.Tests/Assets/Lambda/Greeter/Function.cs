namespace Greeter;

public class Function
{
    public string Greet(string name) => $"Hello {name}";
}
