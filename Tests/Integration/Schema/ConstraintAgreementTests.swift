import DeployStackDataTesting
import DeployStackModels
import Testing

@testable import DeployStackData

/// A constraint is written in three places: in a migration, in the in-memory tables, and in the list that says what breaking it means.
@Suite(.requiresServer, .database)
struct ConstraintAgreementTests {
    @Test func theInMemoryTablesDeclareExactlyTheConstraintsOfTheDatabase() async throws {
        let tables = Set(InMemorySchema.tableNames)
        let stored = Set(try await StoredConstraint.all(in: .lent()).filter { tables.contains($0.table) })

        let declared = Set(InMemorySchema.constraints.map { StoredConstraint($0) })

        #expect(declared.subtracting(stored).sorted == [], "declared in memory, and not so in the database")
        #expect(stored.subtracting(declared).sorted == [], "in the database, and not declared so in memory")
        #expect(declared.count == InMemorySchema.constraints.count, "a constraint is declared twice")
    }

    @Test func everyTableInMemoryIsATableOfTheDatabase() async throws {
        let stored = Set(try await StoredConstraint.all(in: .lent()).map(\.table))

        #expect(Set(InMemorySchema.tableNames).subtracting(stored) == [])
    }

    @Test func everyConstraintOfTheDatabaseHasAMeaningAndNoOtherHas() async throws {
        let stored = Set(try await StoredConstraint.all(in: .lent()).map { "\($0.table).\($0.name)" })

        let known = Set(ConstraintMeaning.all.map { "\($0.table).\($0.name)" })

        #expect(stored.subtracting(known) == [], "in the database, without a meaning")
        #expect(known.subtracting(stored) == [], "with a meaning, and not in the database")
    }

    @Test func aMeaningIsOfTheKindOfItsConstraint() async throws {
        let entities = Dictionary(ConstraintMeaning.all.map { ($0.table, $0.entity) }) { first, _ in first }

        for constraint in try await StoredConstraint.all(in: .lent()) {
            let meaning = try #require(ConstraintMeaning.named(constraint.name))
            switch (constraint.type, meaning.rule) {
            case ("p", .unique), ("u", .unique), ("i", .unique), ("c", .check): break
            case ("f", .reference(let entity)):
                let target = try #require(constraint.target)
                #expect(entity == entities[target], "\(constraint)")
            default: Issue.record("\(constraint) means \(meaning.rule).")
            }
        }
    }

    @Test func aTableStoresOneEntity() {
        for (table, meanings) in Dictionary(grouping: ConstraintMeaning.all, by: \.table) {
            #expect(Set(meanings.map(\.entity)).count == 1, "\(table)")
        }
    }
}

extension Set<StoredConstraint> {
    /// Descriptions in full, in order, so that a failure shows what differs.
    fileprivate var sorted: [String] {
        map { constraint in
            let details = [constraint.target, constraint.onDelete, constraint.expression, constraint.predicate].map { $0 ?? "-" }
            return "\(constraint) \(constraint.keyColumns) nullable \(constraint.nullableColumns) \(details)"
        }.sorted()
    }
}
