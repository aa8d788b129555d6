import DeployStackModels

// Changing tables, each method like one statement: rows first, foreign keys and what they do when the statement ends.
//
// A method that throws can leave the tables half changed. They are a value, so whoever began the change goes on with the copy from before.
extension InMemoryTables {
    /// Inserts a row.
    mutating func insert<Row: TableRow>(_ row: Row) throws(DataError) {
        try insert([row])
    }

    /// Inserts rows, as one statement.
    mutating func insert<Row: TableRow>(_ rows: [Row]) throws(DataError) {
        try validateScope(of: rows)
        for row in rows { try self[keyPath: Row.table].insert(row) }
        for row in rows {
            for foreignKey in Row.schema.foreignKeys { try foreignKey.validate(row, in: self) }
        }
        showAgain()
    }

    /// Changes the row with a primary key.
    ///
    /// - Returns: The changed row, or `nil` when there is none with this key.
    @discardableResult
    mutating func update<Row: TableRow>(
        _: Row.Type, _ key: BytewiseString, _ change: (inout Row) -> Void
    ) throws(DataError) -> Row? {
        guard let old = self[keyPath: Row.table][key], canChange(old) else { return nil }
        var new = old
        change(&new)
        try validateScope(of: [new])
        return try replace(old, with: new)
    }

    /// Changes the row with a primary key because of a foreign key, whoever sees it.
    mutating func updateReferring<Row: TableRow>(_: Row.Type, _ key: BytewiseString, _ change: (inout Row) -> Void) throws(DataError) {
        guard let old = self[keyPath: Row.table].stored(key) else { return }
        var new = old
        change(&new)
        try replace(old, with: new)
    }

    @discardableResult
    private mutating func replace<Row: TableRow>(_ old: Row, with new: Row) throws(DataError) -> Row {
        try self[keyPath: Row.table].replace(old, with: new)
        // A reference that stays as it is was checked when it was made.
        for foreignKey in Row.schema.foreignKeys where foreignKey.column.value(old) != foreignKey.column.value(new) {
            try foreignKey.validate(new, in: self)
        }
        showAgain()
        return new
    }

    /// Deletes the rows with some primary keys and does what the foreign keys that refer to them say.
    ///
    /// - Returns: How many rows of this table there were; those that foreign keys took with them do not count.
    @discardableResult
    mutating func delete<Row: TableRow>(_: Row.Type, _ keys: [BytewiseString]) throws(DataError) -> Int {
        try deleteReferring(Row.self, deletable(Row.self, keys))
    }

    /// Deletes rows because of a foreign key, whoever sees them.
    @discardableResult
    mutating func deleteReferring<Row: TableRow>(_: Row.Type, _ keys: [BytewiseString]) throws(DataError) -> Int {
        var deleted: [BytewiseString] = []
        for key in keys where self[keyPath: Row.table].remove(key) != nil { deleted.append(key) }
        let references = InMemorySchema.references(to: Row.tableName)
        for key in deleted {
            for reference in references { try reference.targetWasDeleted(key, &self) }
        }
        showAgain()
        return deleted.count
    }

    /// Runs a closure like a savepoint: its changes stay when it returns, and are put back when it throws.
    mutating func savepoint<Result>(_ body: (inout InMemoryTables) throws -> Result) throws(DataError) -> Result {
        let before = self
        do {
            return try body(&self)
        } catch {
            self = before
            throw DataError(ofClosure: error)
        }
    }
}
