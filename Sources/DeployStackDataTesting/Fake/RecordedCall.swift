public import DeployStackModels

/// A call that was made on a fake.
public struct RecordedCall: Sendable, CustomStringConvertible {
    /// What became of a call.
    public enum Outcome: Sendable, Hashable {
        /// It has not ended; a stream that is not read to its end stays so.
        case underWay
        /// It returned.
        case succeeded
        /// It threw, by itself or because it was made to.
        case failed(DataError)
    }

    /// Which call.
    public let operation: StoreOperation
    /// The method with its labels, such as `addMember(_:to:role:)`.
    public let method: String
    /// The arguments in order, without secrets.
    public let arguments: [CallArgument]
    /// Whether it was made through the store of a transaction.
    public let isInTransaction: Bool
    /// What became of it.
    public internal(set) var outcome = Outcome.underWay

    /// Returns an argument as a type.
    ///
    /// ```swift
    /// #expect(fake.calls(of: .teams.addMember).first?.argument("role", as: TeamRole.self) == .user)
    /// ```
    ///
    /// - Parameters:
    ///   - name: The parameter's name inside the method.
    ///   - type: The type that the method declares, without a question mark.
    /// - Returns: The value, or `nil` when there is no such argument, it was `nil`, has a secret in it, or is of another type.
    public func argument<Value>(_ name: String, as type: Value.Type = Value.self) -> Value? {
        arguments.first { $0.name == name }?.value as? Value
    }

    /// The call and its outcome on one line, without secrets.
    public var description: String {
        let call = "\(operation)(\(arguments.map { "\($0.name): \($0.description)" }.joined(separator: ", ")))"
        return switch outcome {
        case .underWay: "\(call) is under way"
        case .succeeded: call
        case .failed(let error): "\(call) failed: \(error)"
        }
    }
}
