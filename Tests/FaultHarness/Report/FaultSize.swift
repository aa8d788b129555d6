import Foundation

/// How large the fault tests are: small enough for every change, or as large as it takes to believe in them.
package enum FaultSize {
    /// Whether the long sizes were asked for, by `DEPLOYSTACK_FAULTS=long`.
    package static let isLong = ProcessInfo.processInfo.environment["DEPLOYSTACK_FAULTS"] == "long"

    /// The size of this run.
    package static func of(ci: Int, long: Int) -> Int { isLong ? long : ci }
}
