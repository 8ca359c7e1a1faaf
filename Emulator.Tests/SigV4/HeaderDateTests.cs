using Emulator.SigV4;
using NUnit.Framework;

namespace Emulator.Tests.SigV4;

[Source("https://datatracker.ietf.org/doc/html/rfc2822#section-3.3")]
internal sealed class HeaderDateTests
{
    [TestCase("Tue, 27 Mar 2007 19:36:42 GMT")]
    [TestCase("Tue, 27 Mar 2007 19:36:42 -0000")]
    [TestCase("Tue, 27 Mar 2007 19:36:42 +0000")]
    [TestCase("Tue, 27 Mar 2007 21:36:42 +0200")]
    [TestCase("27 Mar 2007 11:36:42 -08:00")]
    public void A_date_is_read_in_the_forms_of_mail_and_http(string date) => Assert.That(HeaderDate.Parse(date), Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1175024202)));

    [TestCase("")]
    [TestCase("Tue, 27 Mar 2007")]
    [TestCase("27/03/2007 19:36:42")]
    public void Anything_else_is_no_date(string date) => Assert.That(HeaderDate.Parse(date), Is.Null);
}
