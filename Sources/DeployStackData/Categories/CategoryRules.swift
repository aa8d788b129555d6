import DeployStackModels

/// What the fields of a category may be.
enum CategoryRules {
    static func name(_ name: String) throws(DataError) -> String {
        try TextRule(field: "name", characters: 1...100, isTrimmed: true).checked(name)
    }

    static func description(_ description: String?) throws(DataError) -> String? {
        try TextRule(field: "description", characters: 0...1_000).checked(description)
    }

    static func icon(_ icon: String?) throws(DataError) -> String? {
        try TextRule(field: "icon", characters: 1...2_048).checked(icon)
    }

    static func validate(sortOrder: Int) throws(DataError) {
        guard (Int(Int32.min)...Int(Int32.max)).contains(sortOrder) else {
            throw .validation("sortOrder", "it must be \(Int32.min) to \(Int32.max)")
        }
    }
}

extension McpCategory {
    /// The record of a new category, or a validation error.
    init(_ new: NewCategory, in environment: StoreEnvironment) throws(DataError) {
        let name = try CategoryRules.name(new.name)
        let (description, icon) = (try CategoryRules.description(new.description), try CategoryRules.icon(new.icon))
        try CategoryRules.validate(sortOrder: new.sortOrder)
        self.init(
            id: CategoryID(environment.makeID()), name: name, description: description, icon: icon, sortOrder: new.sortOrder,
            createdAt: environment.now())
    }

    /// The category after a change that was validated.
    func applying(_ patch: CategoryPatch) -> McpCategory {
        var category = self
        category.name = patch.name ?? name
        category.description = patch.description.applied(to: description)
        category.icon = patch.icon.applied(to: icon)
        category.sortOrder = patch.sortOrder ?? sortOrder
        return category
    }
}

extension CategoryPatch {
    /// The change as it is stored, or a validation error.
    func validated() throws(DataError) -> CategoryPatch {
        var patch = self
        if let name { patch.name = try CategoryRules.name(name) }
        if case .set(let text) = description { _ = try CategoryRules.description(text) }
        if case .set(let text) = icon { _ = try CategoryRules.icon(text) }
        if let sortOrder { try CategoryRules.validate(sortOrder: sortOrder) }
        return patch
    }
}
