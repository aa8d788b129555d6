/// What bringing stored secrets to the current key did.
public struct ReencryptionReport: Sendable, Hashable {
    /// How many rows hold secrets.
    public var examined: Int
    /// How many of them were encrypted anew; the others were encrypted with the current key already, and can be decrypted.
    public var reencrypted: Int

    /// Creates a report.
    public init(examined: Int = 0, reencrypted: Int = 0) {
        self.examined = examined
        self.reencrypted = reencrypted
    }
}
