import ArgumentParser
import DeployStackData
import DeployStackModels
import Rainbow

/// `deploystack-db row-security`: makes the policies hold, and lets a role use the tables.
struct RowSecurityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "row-security", abstract: "Make the database keep the rows of teams apart for a role.",
        discussion: """
            Connect as the owner of the tables. The role must exist (CREATE ROLE … LOGIN NOSUPERUSER NOBYPASSRLS) and not be the owner. From then on every \
            role but the owner sees only rows of the team that it says it works for, and none before. Run it again after `up` has added tables.
            """)

    @Argument(help: "The role that services connect as which open their store with rowSecurity: .enforced.")
    var role: String

    @OptionGroup var database: DatabaseOptions

    func run() async throws {
        let target = try database.target()
        try await database.withStore(of: target, "enabling row security") { store in
            try await store.enableRowSecurity(for: role)
        }
        if database.json {
            try JSONOutput.print(Document(database: target.configuration.database, role: role))
        } else {
            Terminal.output("\("Row security holds".green) in \(target.text) for the role \(role).")
        }
    }

    private struct Document: Encodable {
        let database: String
        let role: String
    }
}
