import Synchronization
public import Testing

/// Lends each test case an empty, migrated database, made when the test first asks for it.
///
/// Use it as ``Testing/Trait/database``.
public struct DatabaseTrait: SuiteTrait, TestTrait, TestScoping {
    /// Every test of a suite gets a database of its own.
    public var isRecursive: Bool { true }

    /// Runs a test case with a database on loan. Afterwards its stores are closed, and its databases are dropped; those of a test case that failed stay,
    /// and the lines that open them are printed.
    ///
    /// A test case fails when it throws or records an issue, and when a text is left in its databases that the regular expression in
    /// `TEST_POSTGRES_FORBIDDEN_TEXT` (PostgreSQL's kind) matches, such as that of a token that must be stored as a hash. Issues of detached tasks are not seen, because they belong to no test.
    public func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @Sendable @concurrent () async throws -> Void
    ) async throws {
        // A test and its suite may both have the trait; one loan is enough.
        guard testCase != nil, TestLoan.current == nil else { return try await function() }
        let loan = TestLoan()
        let watch = FailureWatch()
        do {
            try await watch.trait.provideScope(for: test, testCase: testCase) {
                try await TestLoan.$current.withValue(loan) { try await function() }
            }
        } catch {
            await end(loan, hasFailed: true, test)
            throw error
        }
        await end(loan, hasFailed: watch.sawFailure, test)
    }

    /// Ends a loan in a task of its own: that of a test which ran out of time is cancelled, and could not talk to the server.
    private func end(_ loan: TestLoan, hasFailed: Bool, _ test: Test) async {
        let name = test.name
        let leftovers = await Task { await loan.end(hasFailed: hasFailed, test: name) }.value
        for leftover in leftovers { Issue.record("\(leftover)", sourceLocation: test.sourceLocation) }
    }
}

extension Trait where Self == DatabaseTrait {
    /// Lends each test case an empty, migrated database, made when the test first asks for it.
    ///
    /// ```swift
    /// @Suite(.database)
    /// struct TeamTests {
    ///     @Test(arguments: Backend.all)
    ///     func aNewTeamHasItsOwnerAsMember(_ backend: Backend) async throws {
    ///         let store = try await backend.makeStore()
    ///         …
    ///     }
    /// }
    /// ```
    public static var database: Self { DatabaseTrait() }
}

/// Notes whether a test case records a failure, and lets every issue pass as it is.
private final class FailureWatch: Sendable {
    private let failed = Mutex(false)

    var sawFailure: Bool { failed.withLock { $0 } }

    var trait: IssueHandlingTrait {
        .compactMapIssues { issue in
            if Self.isFailure(issue) { self.failed.withLock { $0 = true } }
            return issue
        }
    }

    private static func isFailure(_ issue: Issue) -> Bool {
        #if compiler(>=6.3)
            issue.isFailure
        #else
            true
        #endif
    }
}
