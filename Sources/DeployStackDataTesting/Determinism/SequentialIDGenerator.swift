public import DeployStackData
import Synchronization

/// Identifiers that count: `id-000001`, `id-000002` and so on. By their bytes they sort in the order in which they were made.
public final class SequentialIDGenerator: IDGenerator {
    private let prefix: String
    private let last = Atomic<Int>(0)

    /// Makes a generator.
    ///
    /// - Parameter prefix: How each identifier begins: at most 80 characters of `A`–`Z`, `a`–`z`, `0`–`9`, `_` and `-`.
    public init(prefix: String = "id-") {
        self.prefix = prefix
    }

    /// The next identifier: the prefix and at least six digits.
    public func makeID() -> String {
        let number = String(last.add(1, ordering: .relaxed).newValue)
        return prefix + String(repeating: "0", count: max(0, 6 - number.utf8.count)) + number
    }
}
