import Foundation
import PostgresDriver

/// Prints what each fault test has seen, in one line, and keeps the lines for the table of `scripts/test --faults`.
package enum FaultReport {
    private static let file = Lock(ProcessInfo.processInfo.environment["DEPLOYSTACK_FAULT_REPORT"])

    /// Reports one row of the catalogue.
    ///
    /// - Parameters:
    ///   - row: The row's name, such as `S2`.
    ///   - figure: What was done and what came of it, such as `600 faulted transactions, lost 0, doubled 0, misclassified 0`.
    package static func row(_ row: String, _ figure: String) {
        file.withLock { file in
            print("\(row): \(figure)")
            guard let file, let handle = FileHandle(forWritingAtPath: file) else { return }
            defer { try? handle.close() }
            _ = try? handle.seekToEnd()
            try? handle.write(contentsOf: Data("\(row)\t\(figure)\n".utf8))
        }
    }
}
