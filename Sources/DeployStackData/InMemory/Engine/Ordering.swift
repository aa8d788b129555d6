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

extension Sequence {
    /// The first elements in an order, as sorting and cutting would give them. The rest is compared once and not sorted.
    func first(_ count: Int, by precedes: (Element, Element) -> Bool) -> [Element] {
        // Each element is put in its place among those so far, which is cheap as long as they are few.
        guard count <= 500 else { return Array(sorted(by: precedes).prefix(count)) }
        var best: [Element] = []
        for element in self {
            if best.count == count {
                guard let last = best.last, precedes(element, last) else { continue }
                best.removeLast()
            }
            var (low, high) = (0, best.count)
            while low < high {
                let middle = (low + high) / 2
                if precedes(element, best[middle]) { high = middle } else { low = middle + 1 }
            }
            best.insert(element, at: low)
        }
        return best
    }
}

extension PageResult {
    /// A page of a list that is in no order yet.
    init(of list: [Item], by precedes: (Item, Item) -> Bool, _ page: Page) {
        let isBeyond = page.offset >= list.count
        let items = isBeyond ? [] : list.first(page.offset + page.limit, by: precedes).dropFirst(page.offset)
        self.init(items: Array(items), total: list.count, page: page)
    }

    /// A page of a whole list.
    init(of list: [Item], _ page: Page) {
        self.init(items: list.slice(page), total: list.count, page: page)
    }
}
