import ArgumentParser
import DeployStackData
import DeployStackModels
import Foundation

/// The options of commands that work on one existing database.
struct DatabaseOptions: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The database, instead of the POSTGRES_… variables.", valueName: "postgres://…"))
    var url: String?

    @Flag(name: .long, help: "Print one JSON document, for machines.")
    var json = false

    /// The database that the options or the environment name.
    func target() throws(CommandFailure) -> ConnectionTarget {
        try ConnectionTarget.resolve(url: url, environment: ProcessInfo.processInfo.environment)
    }

    /// Opens the store of a database, runs a closure with it and closes it; a failure says what was tried.
    func withStore<Result: Sendable>(
        of target: ConnectionTarget, _ action: String, _ body: (DataStore) async throws -> Result
    ) async throws -> Result {
        var configuration = target.configuration
        configuration.applicationName = "deploystack-db"
        configuration.pool.maxConnections = 2
        do {
            return try await withDataStore(await .postgres(configuration), body)
        } catch let error as DataError {
            throw CommandFailure.database(error, target: target, action: action)
        }
    }
}
