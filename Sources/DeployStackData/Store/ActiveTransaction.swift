import DeployStackModels

/// Which stores have a transaction open in the present task.
///
/// Using the store itself inside its own transaction would run beside the transaction, not in it, and wait for it for ever when both want the same
/// row. Both backends refuse it at once instead.
enum ActiveTransaction {
    @TaskLocal static var stores: [ObjectIdentifier] = []

    static func check(_ store: AnyObject) throws(DataError) {
        guard !stores.isEmpty, stores.contains(ObjectIdentifier(store)) else { return }
        throw .ruleViolation(.outerStoreInTransaction, "use the store that the transaction's closure is given")
    }
}
