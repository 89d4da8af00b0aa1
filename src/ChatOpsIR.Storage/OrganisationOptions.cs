using System.ComponentModel.DataAnnotations;

namespace ChatOpsIR.Storage;

/// <summary>Whose record it is. The id is part of every hash, so it stays for good.</summary>
public sealed class OrganisationOptions
{
    public const string Section = "Organisation";

    [Required(AllowEmptyStrings = false, ErrorMessage = "Organisation__Id has to be 1 to 40 lower-case letters, digits and dashes.")]
    [RegularExpression("[a-z0-9-]{1,40}", ErrorMessage = "Organisation__Id has to be 1 to 40 lower-case letters, digits and dashes.")]
    public string Id { get; set; } = "default";
}
