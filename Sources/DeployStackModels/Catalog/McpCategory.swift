/// A category of the catalog.
public struct McpCategory: Sendable, Hashable, Identifiable, Codable {
    /// The category's identifier.
    public var id: CategoryID
    /// The category's name, 1 to 100 characters, unique.
    public var name: String
    /// What belongs in it, or `nil`.
    public var description: String?
    /// The name or address of its icon, or `nil`.
    public var icon: String?
    /// Where it stands among the others; the smallest number comes first.
    public var sortOrder: Int
    /// When the category was created.
    public var createdAt: Timestamp

    /// Creates a category value.
    public init(id: CategoryID, name: String, description: String?, icon: String?, sortOrder: Int, createdAt: Timestamp) {
        self.id = id
        self.name = name
        self.description = description
        self.icon = icon
        self.sortOrder = sortOrder
        self.createdAt = createdAt
    }
}

/// What is needed to create a category.
public struct NewCategory: Sendable, Hashable {
    /// The category's name, 1 to 100 characters after white space at its ends is removed.
    public var name: String
    /// What belongs in it, at most 1 000 characters, or `nil`.
    public var description: String?
    /// The name or address of its icon, 1 to 2 048 characters, or `nil`.
    public var icon: String?
    /// Where it stands among the others, in the range of 32 bits.
    public var sortOrder: Int

    /// Describes a category to create.
    public init(name: String, description: String? = nil, icon: String? = nil, sortOrder: Int = 0) {
        self.name = name
        self.description = description
        self.icon = icon
        self.sortOrder = sortOrder
    }
}

/// A change of a category. What is not mentioned stays as it is.
public struct CategoryPatch: Sendable, Hashable {
    /// The new name, or `nil` to keep it.
    public var name: String?
    /// What happens to the description.
    public var description: FieldPatch<String>
    /// What happens to the icon.
    public var icon: FieldPatch<String>
    /// The new place among the others, or `nil` to keep it.
    public var sortOrder: Int?

    /// Describes a change; by default nothing changes.
    public init(
        name: String? = nil, description: FieldPatch<String> = .unchanged, icon: FieldPatch<String> = .unchanged, sortOrder: Int? = nil
    ) {
        self.name = name
        self.description = description
        self.icon = icon
        self.sortOrder = sortOrder
    }
}

/// A category, and how many entries in it are shown before others.
public struct FeaturedCategory: Sendable, Hashable {
    /// The category.
    public var category: McpCategory
    /// How many featured entries that everybody sees are in it, 1 or more.
    public var featuredCount: Int

    /// Creates a count.
    public init(category: McpCategory, featuredCount: Int) {
        self.category = category
        self.featuredCount = featuredCount
    }
}
