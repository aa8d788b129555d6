/// What a patch does with an optional field: leave it, clear it, or give it a value.
///
/// A Swift optional cannot tell "not mentioned" from "set to null"; a patch must.
public enum FieldPatch<Value: Sendable & Hashable>: Sendable, Hashable {
    /// The field keeps its value.
    case unchanged
    /// The field loses its value.
    case clear
    /// The field gets this value.
    case set(Value)

    /// The new value, given the present one.
    public func applied(to current: Value?) -> Value? {
        switch self {
        case .unchanged: current
        case .clear: nil
        case .set(let value): value
        }
    }
}
