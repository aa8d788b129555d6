public import DeployStackModels

/// The roles that users have on the platform, and what they permit.
///
/// System roles belong to the program: they are brought in line with its definitions by ``sync(_:)`` and changed by nothing else.
public protocol RoleRepository: Sendable {
    /// Returns all roles, by name and identifier.
    func all() async throws(DataError) -> [Role]

    /// Returns a role, or `nil` when there is none with this identifier.
    func role(_ id: RoleID) async throws(DataError) -> Role?

    /// Creates a role that is no system role.
    ///
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.alreadyExists` with entity `role` and field `name` when the name is
    ///   taken.
    @discardableResult
    func create(_ role: NewRole) async throws(DataError) -> Role

    /// Changes a role.
    ///
    /// - Returns: The changed role, or `nil` when there is none with this identifier.
    /// - Throws: ``DataError`` of kind `.validation` when a field is not acceptable, `.ruleViolation` with rule `systemRoleImmutable` for a system role,
    ///   `.alreadyExists` with entity `role` and field `name` when the name is taken.
    func update(_ id: RoleID, _ patch: RolePatch) async throws(DataError) -> Role?

    /// Deletes a role that nobody has.
    ///
    /// - Returns: Whether there was such a role.
    /// - Throws: ``DataError`` of kind `.ruleViolation` with rule `systemRoleImmutable` for a system role, `.inUse` with entity `role` when a user has it.
    func delete(_ id: RoleID) async throws(DataError) -> Bool

    /// Brings the system roles in line with a program's definitions, as a service does when it starts. Any number of processes may do this at once.
    ///
    /// What is missing is created; what is different, or is no system role yet, is changed; other roles stay as they are.
    ///
    /// - Parameter definitions: The definitions, at most 100, each identifier once.
    /// - Returns: What was changed.
    /// - Throws: ``DataError`` of kind `.validation` with field `definitions` or that of a definition when they are not acceptable, `.alreadyExists` with
    ///   entity `role` and field `name` when another role has a definition's name.
    @discardableResult
    func sync(_ definitions: [RoleDefinition]) async throws(DataError) -> RoleSyncReport

    /// Returns whether a user's role has a permission, compared exactly; `false` for an unknown user and for one without a role.
    func userHasPermission(_ user: UserID, _ permission: String) async throws(DataError) -> Bool
}
