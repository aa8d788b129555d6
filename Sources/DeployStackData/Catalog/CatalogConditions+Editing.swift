import DeployStackModels
import PostgresDriver

extension CatalogConditions {
    /// The entries that an editor may change, as a further condition.
    static func editable(by editor: CatalogEditor) -> StatementFragment {
        switch editor {
        case .globalAdministrator, .system: "TRUE"
        case .teamAdministrator(_, let teams): "\"owner_team_id\" = ANY (\(teams.filter(IdentifierRule.canExist)))"
        }
    }
}
