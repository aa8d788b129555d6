import DeployStackModels

// What the in-memory services order and page with, as the statements of the database do.

extension String {
    /// The text as a key to sort by: bytes, as under `COLLATE "C"`.
    var bytewise: BytewiseString { BytewiseString(self) }
}

extension Identifier {
    /// The identifier as a key to sort by.
    var bytewise: BytewiseString { BytewiseString(rawValue) }
}

extension Bool {
    /// A key to sort by that puts `true` first, as `DESC` does.
    var trueFirst: Int { self ? 0 : 1 }
}

extension Array {
    /// The part of a list that a page asks for; all of it without a page.
    func slice(_ page: Page?) -> [Element] {
        guard let page else { return self }
        return Array(dropFirst(page.offset).prefix(page.limit))
    }
}

extension PageResult {
    /// A page of a whole list.
    init(of list: [Item], _ page: Page) {
        self.init(items: list.slice(page), total: list.count, page: page)
    }
}
