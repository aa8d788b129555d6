/// A place in a list, and which way to read from there.
///
/// What is in it is the store's own affair, and signed by it: one that was changed, made up, or taken from a list with another filter, order or text is
/// refused. It can be kept as its ``text``, for example in an address.
public struct ListCursor: Sendable, Hashable, Codable {
    /// The cursor as a text of `A`–`Z`, `a`–`z`, `0`–`9`, `_` and `-`.
    public var text: String

    /// Takes a cursor that was kept as a text.
    public init(text: String) {
        self.text = text
    }
}

/// Some items of a list, and the places where the ones before and behind them are.
///
/// Reading from a cursor costs the same at any depth, and items that come or go meanwhile neither repeat nor hide others.
public struct CursorPage<Item: Sendable>: Sendable {
    /// The items, in the order of the list.
    public var items: [Item]
    /// The place before the first item, or `nil` when the list begins here.
    public var previous: ListCursor?
    /// The place behind the last item, or `nil` when the list ends here.
    public var next: ListCursor?

    /// Creates a part of a list.
    public init(items: [Item], previous: ListCursor?, next: ListCursor?) {
        self.items = items
        self.previous = previous
        self.next = next
    }
}

extension CursorPage: Equatable where Item: Equatable {}
