/// One page of a list, with the size of the whole list.
///
/// Items and total come from one snapshot of the database, so they agree with each other.
public struct PageResult<Item: Sendable>: Sendable {
    /// The items of this page, in the order that the operation promises; empty beyond the end of the list.
    public var items: [Item]
    /// How many items the whole list has.
    public var total: Int
    /// The page that was asked for.
    public var page: Page

    /// Creates a page of a list.
    public init(items: [Item], total: Int, page: Page) {
        self.items = items
        self.total = total
        self.page = page
    }

    /// Whether there are items after this page.
    public var hasMore: Bool {
        // An offset may be as large as an integer can be; the end of such a page is beyond every list.
        let (end, overflow) = page.offset.addingReportingOverflow(page.limit)
        return !overflow && end < total
    }

    /// The same page with other items, one for each.
    public func map<Other: Sendable>(_ transform: (Item) throws -> Other) rethrows -> PageResult<Other> {
        PageResult<Other>(items: try items.map(transform), total: total, page: page)
    }
}

extension PageResult: Equatable where Item: Equatable {}
extension PageResult: Hashable where Item: Hashable {}
