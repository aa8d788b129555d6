import ArgumentParser
import Foundation
import Logging

/// The command line of DeployStackData: it shows the library at work and brings databases up to date. Whatever it does, the library does.
@main
struct DeployStackDB: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploystack-db",
        abstract: "Shows DeployStackData at work and brings its databases up to date.",
        discussion: """
            The database of `up`, `status` and `row-security` is named by --url, or by POSTGRES_HOST (localhost), POSTGRES_PORT (5432), POSTGRES_DATABASE \
            (deploystack), POSTGRES_USER (postgres), POSTGRES_PASSWORD (required), POSTGRES_SSL (false).

            \(CommandStatus.table)
            """,
        subcommands: [DemoCommand.self, UpCommand.self, StatusCommand.self, RowSecurityCommand.self])

    /// Runs the command of the arguments, and ends the process with the exit code that its failure stands for.
    static func main() async {
        // The logger's default would be standard output, which belongs to what a command prints. A failure is reported once, by the command.
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = .error
            return handler
        }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as CommandFailure {
            Terminal.error(failure.text(isColored: Terminal.errorIsColored))
            Foundation.exit(failure.status.rawValue)
        } catch {
            exit(withError: error)
        }
    }
}
