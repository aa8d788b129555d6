import DeployStackModels
import PostgresDriver

// Each order is one row of terms that all run in one direction, so that what lies beyond a place is one comparison, and one range of an index.
extension CatalogConditions {
    /// The entries behind or before a place, as a further condition.
    static func beyond(_ cursor: CatalogCursor?, _ order: CatalogOrder) -> StatementFragment {
        guard let cursor else { return "" }
        let place = cursor.place
        switch (order, cursor.direction) {
        case (.sort(.name), .forwards):
            return " AND (NOT \"featured\", \"name\" COLLATE \"C\", \"id\" COLLATE \"C\") > (\(!place.isFeatured), \(place.name), \(place.id))"
        case (.sort(.name), .backwards):
            return " AND (NOT \"featured\", \"name\" COLLATE \"C\", \"id\" COLLATE \"C\") < (\(!place.isFeatured), \(place.name), \(place.id))"
        case (.sort(.gitHubStars), .forwards):
            return """
                 AND (-coalesce("github_stars", -1), "name" COLLATE "C", "id" COLLATE "C") > (\(-place.stars), \(place.name), \(place.id))
                """
        case (.sort(.gitHubStars), .backwards):
            return """
                 AND (-coalesce("github_stars", -1), "name" COLLATE "C", "id" COLLATE "C") < (\(-place.stars), \(place.name), \(place.id))
                """
        case (.sort(.newest), .forwards):
            return " AND (\"created_at\", \"id\" COLLATE \"C\") < (\(place.createdAt), \(place.id))"
        case (.sort(.newest), .backwards):
            return " AND (\"created_at\", \"id\" COLLATE \"C\") > (\(place.createdAt), \(place.id))"
        case (.rank, .forwards):
            return """
                 AND (-"rank", NOT "featured", "name" COLLATE "C", "id" COLLATE "C")
                    > (\(-place.rank), \(!place.isFeatured), \(place.name), \(place.id))
                """
        case (.rank, .backwards):
            return """
                 AND (-"rank", NOT "featured", "name" COLLATE "C", "id" COLLATE "C")
                    < (\(-place.rank), \(!place.isFeatured), \(place.name), \(place.id))
                """
        }
    }

    /// The order to read in; backwards it is the other way round.
    static func order(_ order: CatalogOrder, _ direction: CatalogCursor.Direction) -> StatementFragment {
        switch (order, direction) {
        case (.sort(.name), .forwards): "NOT \"featured\", \"name\" COLLATE \"C\", \"id\" COLLATE \"C\""
        case (.sort(.name), .backwards): "NOT \"featured\" DESC, \"name\" COLLATE \"C\" DESC, \"id\" COLLATE \"C\" DESC"
        case (.sort(.gitHubStars), .forwards): "-coalesce(\"github_stars\", -1), \"name\" COLLATE \"C\", \"id\" COLLATE \"C\""
        case (.sort(.gitHubStars), .backwards): "-coalesce(\"github_stars\", -1) DESC, \"name\" COLLATE \"C\" DESC, \"id\" COLLATE \"C\" DESC"
        case (.sort(.newest), .forwards): "\"created_at\" DESC, \"id\" COLLATE \"C\" DESC"
        case (.sort(.newest), .backwards): "\"created_at\", \"id\" COLLATE \"C\""
        case (.rank, .forwards): "-\"rank\", NOT \"featured\", \"name\" COLLATE \"C\", \"id\" COLLATE \"C\""
        case (.rank, .backwards): "-\"rank\" DESC, NOT \"featured\" DESC, \"name\" COLLATE \"C\" DESC, \"id\" COLLATE \"C\" DESC"
        }
    }
}
