/// How encrypted values are shown to a reader.
public enum SecretReveal: Sendable, Hashable {
    /// As `*****`. Writing that back leaves the secret as it is.
    case masked
    /// As what was stored, decrypted.
    case decrypted
}
