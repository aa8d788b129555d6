import DeployStackModels

extension CommandFailure {
    /// A variable is missing, empty or wrong.
    static func variables(_ error: DataError) -> CommandFailure {
        let variable = error.field ?? "POSTGRES_…"
        let example = variable == "POSTGRES_PASSWORD" ? "export POSTGRES_PASSWORD=…" : "correct or unset \(variable)"
        return CommandFailure(
            status: .configuration, summary: "The environment does not say which database to use.",
            details: [error.reason ?? error.description],
            next: [example, "or name the database with --url postgres://user:password@host:5432/database"])
    }

    /// The URL of an option is wrong.
    static func url(_ option: String, _ error: DataError) -> CommandFailure {
        CommandFailure(
            status: .configuration, summary: "The URL of \(option) is not acceptable.", details: [error.reason ?? error.description],
            next: ["write it as \(option) 'postgres://user:password@host:5432/database?sslmode=disable'"])
    }
}
