import DeployStackModels
import PostgresDriver

/// The conditions and orders that statements over the catalog are put together from.
enum CatalogConditions {
    /// The entries that a viewer sees.
    static func visible(to viewer: CatalogViewer) -> StatementFragment {
        switch viewer {
        case .administrator: "TRUE"
        case .member(let teams): "(\"visibility\" = 'global' OR \"owner_team_id\" = ANY (\(teams.filter(IdentifierRule.canExist))))"
        }
    }

    /// The entries that a filter lets through, as further conditions.
    static func matching(_ filter: CatalogFilter) -> StatementFragment {
        var conditions: StatementFragment = ""
        if let visibility = filter.visibility { conditions += " AND \"visibility\" = \(visibility)" }
        if let category = filter.category { conditions += " AND \"category_id\" = \(category)" }
        if let language = filter.language { conditions += " AND \"language\" = \(language)" }
        if let runtime = filter.runtime { conditions += " AND \"runtime\" = \(runtime)" }
        if let status = filter.status { conditions += " AND \"status\" = \(status)" }
        if let transport = filter.transport { conditions += " AND \"transport_type\" = \(transport)" }
        if let source = filter.source { conditions += " AND \"source\" = \(source)" }
        if let isFeatured = filter.isFeatured { conditions += " AND \"featured\" = \(isFeatured)" }
        if let requiresOAuth = filter.requiresOAuth { conditions += " AND \"requires_oauth\" = \(requiresOAuth)" }
        if !filter.allTags.isEmpty { conditions += " AND \"tags\" @> \(PostgresStringArrayJSON(filter.allTags))" }
        if !filter.anyTag.isEmpty { conditions += " AND \"tags\" ?| \(filter.anyTag)" }
        if !filter.noTags.isEmpty { conditions += " AND NOT (\"tags\" ?| \(filter.noTags))" }
        if let metadata = filter.metadataContains { conditions += " AND \"metadata\" @> \(metadata)" }
        if let match = filter.metadataMatch { conditions += " AND \"metadata\" #> \(match.path) = \(match.value)" }
        return conditions
    }
}
