/// One argument of a recorded call, without secrets.
public struct CallArgument: Sendable, CustomStringConvertible {
    /// The parameter's name inside the method: `user` for `addMember(_ user: UserID, to team: TeamID, …)`.
    public let name: String
    /// The value, or `nil` when none was given or it has a secret in it.
    ///
    /// Tokens, passwords, verifiers and the like are secrets, and so are the contents of JSON documents.
    public let value: (any Sendable)?
    /// The value as a text in which a placeholder stands for every secret.
    public let description: String

    init<Value: Sendable>(_ name: String, _ value: Value?) {
        var printer = SecretlessPrinter()
        description = value.map { printer.text(of: $0, named: name) } ?? "nil"
        self.name = name
        self.value = printer.hasFoundSecrets ? nil : value
    }
}
