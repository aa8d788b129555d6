import DeployStackModels
import PostgresDriver

extension Statement<String> {
    /// Says for the present transaction whose rows there are. An empty text is nobody.
    static func rowScope(_ scope: RowScope) -> Self {
        """
        SELECT set_config('deploystack.team', \(scope.team?.rawValue ?? ""), true) || set_config('deploystack.user', \(scope.user?.rawValue ?? ""), true)
        """
    }

}

extension Statement<Int> {
    /// Makes policies hold and lets a role use the tables; gives the number of tables. The function is made by a migration.
    static func enableRowSecurity(for role: String) -> Self {
        """
        SELECT "deploystack_enable_row_security"(\(role))
        """
    }
}

/// What a role's rights say about whether policies bind it.
struct RowSecurityFacts: Sendable {
    var role: String
    var isSuperuser: Bool
    var bypassesPolicies: Bool
    /// The tables of which the role is the owner, or a member of the role that is.
    var owned: [String]
    /// The tables that are missing or whose policies do not hold.
    var open: [String]
    /// The tables that the role may not use.
    var closed: [String]
}

extension Statement<RowSecurityFacts> {
    /// What is so for the role of this connection and some tables.
    static func rowSecurityFacts(tables: [String]) -> Self {
        Self(
            """
            WITH "wanted" AS (
                    SELECT n."name", c."oid", c."relowner", c."relrowsecurity"
                        AND EXISTS (SELECT FROM "pg_catalog"."pg_policy" AS p WHERE p."polrelid" = c."oid") AS "holds"
                    FROM unnest(\(tables)) AS n ("name")
                    LEFT JOIN "pg_catalog"."pg_class" AS c ON c."oid" = to_regclass(quote_ident(n."name")))
            SELECT r."rolname"::text, r."rolsuper", r."rolbypassrls",
                ARRAY(SELECT w."name" FROM "wanted" AS w WHERE pg_has_role(w."relowner", 'MEMBER') ORDER BY 1) AS "owned",
                ARRAY(SELECT w."name" FROM "wanted" AS w WHERE w."holds" IS NOT TRUE ORDER BY 1) AS "open",
                ARRAY(
                    SELECT w."name"
                    FROM "wanted" AS w
                    WHERE NOT (has_table_privilege(w."oid", 'SELECT') AND has_table_privilege(w."oid", 'INSERT')
                        AND has_table_privilege(w."oid", 'UPDATE') AND has_table_privilege(w."oid", 'DELETE'))
                    ORDER BY 1) AS "closed"
            FROM "pg_catalog"."pg_roles" AS r
            WHERE r."rolname" = current_user
            """
        ) { row throws(PostgresError) in
            RowSecurityFacts(
                role: try row.read(), isSuperuser: try row.read(), bypassesPolicies: try row.read(), owned: try row.read(), open: try row.read(),
                closed: try row.read())
        }
    }
}
