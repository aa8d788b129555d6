import Testing

@testable import PostgresDriver

@Suite("What a failure means")
struct FailureVerdictTests {
    private let autocommitWrite = FailureVerdict(role: .statement, isRead: false, isInTransaction: false, wasSent: true)
    private let autocommitRead = FailureVerdict(role: .statement, isRead: true, isInTransaction: false, wasSent: true)
    private let insideTransaction = FailureVerdict(role: .statement, isRead: false, isInTransaction: true, wasSent: true)
    private let commit = FailureVerdict(role: .commit, isRead: false, isInTransaction: true, wasSent: true)

    @Test func whatWasNotSentHasNotHappened() {
        for role in [Request.Role.statement, .commit, .begin] {
            let verdict = FailureVerdict(role: role, isRead: false, isInTransaction: false, wasSent: false)
            #expect(verdict.whenInterrupted == .notSent)
        }
    }

    @Test func aLostConnectionLeavesCommitsAndLoneWritesUnknown() {
        #expect(commit.whenInterrupted == .outcomeUnknown)
        #expect(autocommitWrite.whenInterrupted == .outcomeUnknown)
        #expect(autocommitRead.whenInterrupted == .failedCertain)
        #expect(insideTransaction.whenInterrupted == .failedCertain)
    }

    @Test(arguments: ["57P01", "57P02"])
    func aServerThatEndsTheSessionLeavesTheSameUnknown(state: String) {
        let failure = ServerFailure(sqlState: state, isFatal: true)

        #expect(commit.when(failure) == .outcomeUnknown)
        #expect(autocommitWrite.when(failure) == .outcomeUnknown)
        #expect(insideTransaction.when(failure) == .failedCertain)
        #expect(failure.makesConnectionUseless)
    }

    @Test(arguments: ["08000", "08006", "08P01"])
    func anErrorAboutTheConnectionIsLikeItsLoss(state: String) {
        let failure = ServerFailure(sqlState: state)

        #expect(commit.when(failure) == .outcomeUnknown)
        #expect(autocommitWrite.when(failure) == .outcomeUnknown)
        #expect(autocommitRead.when(failure) == .failedCertain)
        #expect(insideTransaction.when(failure) == .failedCertain)
        #expect(failure.makesConnectionUseless)
    }

    @Test(arguments: ["25P03", "57P05"])
    func aSessionThatWasEndedForBeingIdleHadNothingUnderWay(state: String) {
        #expect(autocommitWrite.when(ServerFailure(sqlState: state, isFatal: true)) == .failedCertain)
    }

    @Test(arguments: ["40001", "40P01", "53100", "53200", "57014"])
    func anErrorThatUndoesTheTransactionIsCertain(state: String) {
        let failure = ServerFailure(sqlState: state)

        #expect(commit.when(failure) == .failedCertain)
        #expect(autocommitWrite.when(failure) == .failedCertain)
        #expect(!failure.makesConnectionUseless)
    }

    @Test(arguments: ["22001", "23505", "42P01", "54000", "25006", "25P02"])
    func anErrorAboutTheStatementIsARefusal(state: String) {
        let failure = ServerFailure(sqlState: state)

        #expect(autocommitWrite.when(failure) == .rejectedByServer)
        #expect(commit.when(failure) == .rejectedByServer)
    }

    @Test func aCompletionThatTheServerDoesNotKnowIsUnknown() {
        let failure = ServerFailure(sqlState: "40003")

        #expect(insideTransaction.when(failure) == .outcomeUnknown)
        #expect(failure.makesConnectionUseless)
    }

    @Test func aServerThatTakesNoWritesIsNotAskedAgainOnThatConnection() {
        #expect(ServerFailure(sqlState: "25006").makesConnectionUseless)
    }
}

@Suite("Errors")
struct PostgresErrorTests {
    private let error = PostgresError(
        .server, outcome: .rejectedByServer, message: "A unique constraint refuses the change.", sqlState: "23505", constraint: "teams_slug_key",
        table: "teams", serverMessage: "duplicate key value violates unique constraint")

    @Test func theDescriptionNamesObjectsAndNothingThatTheServerSaid() {
        #expect("\(error)".contains("teams_slug_key"))
        #expect("\(error)".contains("23505"))
        #expect(!"\(error)".contains("duplicate key"))
        #expect(String(reflecting: error).contains("duplicate key"))
    }
}
