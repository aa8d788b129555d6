import DeployStackModels
import Testing

@testable import DeployStackData

@Suite struct DeclaredConstraintTests {
    @Test func everyConstraintOfATableIsDeclaredOnce() {
        let tables = Set(InMemorySchema.tableNames)
        let expected = ConstraintMeaning.all.filter { tables.contains($0.table) }.map(\.name).sorted()

        #expect(InMemorySchema.constraints.map(\.name).sorted() == expected)
    }

    @Test(arguments: InMemorySchema.constraints)
    func aDeclarationAgreesWithTheMeaningOfItsName(_ constraint: DeclaredConstraint) throws {
        let meaning = try #require(ConstraintMeaning.named(constraint.name))

        #expect(meaning.table == constraint.table)
        switch (constraint.kind, meaning.rule) {
        case (.primaryKey, .unique), (.unique, .unique), (.uniqueIndex, .unique), (.foreignKey, .reference), (.check, .check): break
        default: Issue.record("\(constraint.name) is declared as \(constraint.kind), but means \(meaning.rule)")
        }
    }

    @Test func onlyColumnsThatCanBeNullAreSetToNull() {
        let wrong = InMemorySchema.constraints.filter { constraint in
            if case .foreignKey(_, .setNull) = constraint.kind { constraint.nullableColumns.isEmpty } else { false }
        }

        #expect(wrong.isEmpty)
    }

    @Test func theFirstRowsAreThoseOfAMigratedDatabase() {
        let tables = InMemoryTables()

        #expect(Set(tables.roles.all.map(\.name)) == ["global_admin", "global_user", "team_admin", "team_user"])
        #expect(Set(tables.settings.all.map(\.key)) == Set(TeamSettings.keys))
        #expect(tables.settingGroups.count == 1)
    }
}
