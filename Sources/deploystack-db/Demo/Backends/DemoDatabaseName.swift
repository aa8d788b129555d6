import Foundation

/// The name of the demo's own database: that of a test database, so that whoever sweeps those finds one that a killed demo left behind.
struct DemoDatabaseName: Sendable {
    /// The comment by which test databases are told from others that happen to have such a name.
    static let comment = "test database of DeployStackDataTesting"

    /// `test_`, the milliseconds since 1970, a number, and a text that keeps processes apart; letters, digits and underscores only.
    let text: String

    init(at date: Date = Date()) {
        let random = String(UInt64.random(in: .min ... .max), radix: 36)
        text = "test_\(Int64(date.timeIntervalSince1970 * 1_000))_1_demo\(random)"
    }
}
