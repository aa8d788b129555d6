import DeployStackModels
import PostgresDriver

/// One row of a page together with the size of the whole list. Beyond the end of the list there is one such row without an item.
///
/// The statement behind it selects the total first and then outer-joins the page, so items and total come from one snapshot.
struct Counted<Item: Sendable>: Sendable {
    var total: Int
    var item: Item?
}

extension Statement {
    /// Makes a statement whose rows are a total, followed by the columns of an item that may be absent.
    init<Item: RowDecodable>(counting text: StatementText) where Output == Counted<Item> {
        self.init(text) { row throws(PostgresError) in
            Counted(total: try row.read(), item: try row.readIfPresent())
        }
    }
}

extension Database {
    /// Runs a statement for one page of a list.
    func page<Item>(_ statement: Statement<Counted<Item>>, _ page: Page) async throws(DataError) -> PageResult<Item> {
        let rows = try await all(statement)
        return PageResult(items: rows.compactMap(\.item), total: rows.first?.total ?? 0, page: page)
    }
}
