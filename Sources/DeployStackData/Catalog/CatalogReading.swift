import Crypto
import DeployStackModels

/// Reading a list of the catalog from a cursor: what was asked for, checked, and how items become a page.
struct CatalogReading: Sendable {
    let cursor: CatalogCursor?
    let order: CatalogOrder
    private let list: CatalogListIdentity
    private let key: SymmetricKey
    private let limit: Int

    /// Checks what is asked for.
    init(
        _ order: CatalogOrder, filter: CatalogFilter, text: String = "", from cursor: ListCursor?, limit: Int, in environment: StoreEnvironment
    ) throws(DataError) {
        try Page.validate(limit: limit, in: Page.allowedLimits, field: "limit")
        try filter.validate()
        list = CatalogListIdentity(order: order, filter: filter, text: text)
        key = environment.cursorKey
        self.order = order
        self.limit = limit
        if let cursor {
            self.cursor = try CatalogCursor(cursor, of: list, key: key)
        } else {
            self.cursor = nil
        }
    }

    /// Whether an item of the list is behind, or before, the cursor.
    func contains(_ place: CatalogPlace) -> Bool {
        switch cursor?.direction {
        case nil: true
        case .forwards: cursor.map { order.precedes($0.place, place) } ?? true
        case .backwards: cursor.map { order.precedes(place, $0.place) } ?? true
        }
    }

    /// Makes a page.
    ///
    /// - Parameters:
    ///   - found: Items in the direction of reading, one more than a page has if there is one.
    ///   - place: Where an item stands.
    func page<Item: Sendable>(_ found: [Item], place: (Item) -> CatalogPlace) -> CursorPage<Item> {
        let isMore = found.count > limit
        let isBackwards = cursor?.direction == .backwards
        let items = isBackwards ? found.prefix(limit).reversed() : Array(found.prefix(limit))
        let hasPrevious = isBackwards ? isMore : cursor != nil
        let hasNext = isBackwards || isMore
        return CursorPage(
            items: items,
            previous: hasPrevious ? items.first.map { CatalogCursor(.backwards, from: place($0)).signed(for: list, key: key) } : nil,
            next: hasNext ? items.last.map { CatalogCursor(.forwards, from: place($0)).signed(for: list, key: key) } : nil)
    }
}
