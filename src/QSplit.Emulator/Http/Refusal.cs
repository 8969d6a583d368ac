namespace QSplit.Emulator.Http;

/// <summary>A call that is answered with an error; thrown by whoever finds out, turned into the answer in one place.</summary>
/// <param name="status">As HTTP has it.</param>
/// <param name="errorClass">As the API names it.</param>
/// <param name="description">What was wrong, for people.</param>
internal sealed class Refusal(int status, string errorClass, string description) : Exception(description)
{
    public int Status => status;

    public string ErrorClass => errorClass;

    public static Refusal BadRequest(string description) => new(400, "rest_invalid_request_error", description);

    public static Refusal NoSuchEntry(string what) => new(404, "fs_no_such_entry_error", $"{what} is not there.");

    public static Refusal NotADirectory(string path) => new(400, "fs_not_a_directory_error", $"{path} is not a directory.");

    public static Refusal Unauthorized(string description) => new(401, "auth_invalid_credentials_error", description);
}
