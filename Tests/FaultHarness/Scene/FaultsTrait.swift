import EphemeralPostgres
import Foundation
import PostgresDriver
package import Testing

/// What every suite of fault tests has: libpq's variables are poisoned before its first test, and a failed test prints the seed of its randomness.
package struct FaultsTrait: SuiteTrait, TestTrait, TestScoping {
    package var isRecursive: Bool { true }

    package func prepare(for test: Test) async throws {
        PoisonedEnvironment.prepare()
    }

    package func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await function() }
        let seed = PrintedOnce("\(test.name): to repeat it, set \(FaultSeed.run)")
        let watch = IssueHandlingTrait.compactMapIssues { issue in
            seed.print()
            return issue
        }
        do {
            try await watch.provideScope(for: test, testCase: testCase, performing: function)
        } catch {
            seed.print()
            throw error
        }
    }
}

extension Trait where Self == FaultsTrait {
    /// Poisons libpq's variables and prints the seed of a test that fails.
    package static var faults: Self { FaultsTrait() }
}

extension Trait where Self == ConditionTrait {
    /// Leaves tests out, with a sentence, on a machine without the programs of a PostgreSQL server. `DEPLOYSTACK_REQUIRE_POSTGRES=1` lets them fail.
    package static var ownServer: Self {
        .enabled("There are no PostgreSQL server programs on this machine.") {
            if ProcessInfo.processInfo.environment["DEPLOYSTACK_REQUIRE_POSTGRES"] == "1" { return true }
            return (try? await PostgresBinaries.find()) != nil
        }
    }
}

private final class PrintedOnce: Sendable {
    private let line: String
    private let isPrinted = Lock(false)

    init(_ line: String) {
        self.line = line
    }

    func print() {
        let isFirst = isPrinted.withLock { isPrinted in
            defer { isPrinted = true }
            return !isPrinted
        }
        if isFirst { Swift.print(line) }
    }
}
