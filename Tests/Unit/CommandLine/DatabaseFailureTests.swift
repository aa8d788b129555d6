import DeployStackData
import DeployStackModels
import Testing

@testable import deploystack_db

@Suite("What a command says about a database that cannot be used")
struct DatabaseFailureTests {
    private func failure(
        _ kind: DataError.Kind, sqlState: String? = nil, server: String? = nil, reason: String = "It cannot be used.", url: String? = nil
    ) throws -> CommandFailure {
        var error = DataError(kind, reason: reason)
        error.diagnostics = DataError.Diagnostics(sqlState: sqlState, serverMessage: server.map { "connectionFailed: … (notSent); server: \($0)" })
        let target = try ConnectionTarget.resolve(url: url, environment: ["POSTGRES_PASSWORD": "s3cret"])
        return .database(error, target: target, action: "trying")
    }

    @Test func everythingThatWasTriedIsListed() throws {
        let text = try failure(.unavailable).text(isColored: false)

        for value in ["localhost", "5432", "deploystack", "postgres", "POSTGRES_HOST is not set"] { #expect(text.contains(value)) }
        #expect(!text.contains("s3cret"))
    }

    @Test func theServersWordsAreShownWithoutItsSourceFiles() throws {
        let failure = try failure(.unavailable, server: "FATAL: no\n\tIs it running?\nLOCATION:  auth_failed, auth.c:334")

        #expect(failure.details.suffix(3) == ["What came back:", "  FATAL: no", "  Is it running?"])
    }

    @Test func aMissingDatabaseLeadsToTheCommandThatMakesIt() throws {
        let failure = try failure(.unavailable, sqlState: "3D000", url: "postgres://ada:pw@h:77/my%20app?sslmode=disable")

        #expect(failure.next.first == "createdb -h h -p 77 -U ada 'my app'")
    }

    @Test func aRefusedPasswordLeadsToWhereItCameFrom() throws {
        #expect(try failure(.unavailable, sqlState: "28P01").next[0].contains("POSTGRES_PASSWORD"))
        #expect(try failure(.unavailable, sqlState: "28P01", url: "postgres://a:b@h/d").next[0].contains("in the URL"))
    }

    @Test func aServerThatDoesNotListenLeadsToACheckAndToTheDemo() throws {
        let next = try failure(.unavailable, server: "Connection refused").next

        #expect(next[0].hasPrefix("pg_isready -h localhost -p 5432"))
        #expect(next[1].contains("POSTGRES_HOST"))
    }

    @Test func aSocketThatIsNotThereIsNamed() throws {
        let next = try failure(.unavailable, server: "No such file", url: "postgres://u@/d?host=/run/pg").next

        #expect(next == ["is the server running? Its socket would be /run/pg/.s.PGSQL.5432"])
    }

    @Test func encryptionThatFailsLeadsToItsSettings() throws {
        #expect(try failure(.unavailable, server: "server does not support SSL").next[0].contains("POSTGRES_SSL=false"))
    }

    @Test(arguments: [
        (DataError.Kind.unavailable, CommandStatus.unavailable), (.timeout, .unavailable), (.configuration, .configuration),
        (.internal, .internalError),
        (.cancelled, .interrupted),
    ])
    func eachKindHasItsExitCode(kind: DataError.Kind, status: CommandStatus) throws {
        #expect(try failure(kind).status == status)
    }

    @Test func theHelpListsEveryExitCode() {
        for status in CommandStatus.allCases { #expect(CommandStatus.table.contains("  \(status.rawValue) ")) }
    }
}
