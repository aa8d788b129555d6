#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// The few calls of the operating system that the proxy and the scripted server are made of. All pointers of the harness are in this file.
///
/// Every descriptor is non-blocking and not inherited by child processes.
enum Sockets {
    /// What a read gave.
    enum ReadResult {
        case bytes(Int)
        case nothingYet
        case end
        case failed(isReset: Bool)
    }

    /// How an attempt to connect went.
    enum ConnectResult {
        case connected(Int32)
        case underWay(Int32)
        case tryAgain
        case failed(Int32)
    }

    /// A call of the system that failed.
    struct Failure: Error {
        let call: String
        let code: Int32
    }

    // MARK: - Opening

    /// An address of the loopback network by the three bytes behind 127.
    static func loopback(_ host: (UInt8, UInt8, UInt8)) -> UInt32 {
        0x7F00_0000 | UInt32(host.0) << 16 | UInt32(host.1) << 8 | UInt32(host.2)
    }

    /// A socket that is bound to a port of 127.0.0.1, or of another address of the loopback network; 0 lets the system choose. It refuses connections
    /// until ``startListening(_:backlog:)``. One for datagrams takes them from the start.
    static func bound(to port: Int, of host: UInt32 = 0x7F00_0001, datagrams: Bool = false) throws -> Int32 {
        let descriptor = newSocket(AF_INET, datagrams: datagrams)
        guard descriptor >= 0 else { throw Failure(call: "socket", code: errno) }
        set(descriptor, SOL_SOCKET, SO_REUSEADDR, 1)
        let isBound = unsafe withLoopback(port, host) { unsafe bind(descriptor, $0, $1) == 0 }
        guard isBound else {
            let code = errno
            giveBack(descriptor)
            throw Failure(call: "bind", code: code)
        }
        return descriptor
    }

    /// Lets a bound socket take connections.
    static func startListening(_ descriptor: Int32, backlog: Int32 = 512) throws {
        guard listen(descriptor, backlog) == 0 else { throw Failure(call: "listen", code: errno) }
    }

    /// The port that a socket is bound to.
    static func port(of descriptor: Int32) -> Int {
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe _ = getsockname(descriptor, $0, &length) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// The next connection that somebody has made, or nil if there is none.
    static func takeConnection(of descriptor: Int32) -> Int32? {
        let accepted = accept(descriptor, nil, nil)
        guard accepted >= 0 else { return nil }
        prepare(accepted)
        set(accepted, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        return accepted
    }

    /// Begins to connect to a port of 127.0.0.1.
    static func connectTo(port: Int, of host: UInt32 = 0x7F00_0001) -> ConnectResult {
        let descriptor = newSocket(AF_INET)
        guard descriptor >= 0 else { return .failed(errno) }
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        return result(unsafe withLoopback(port, host) { unsafe connect(descriptor, $0, $1) }, descriptor)
    }

    /// Begins to connect to a socket in the file system.
    static func connectTo(path: String) -> ConnectResult {
        let descriptor = newSocket(AF_UNIX)
        guard descriptor >= 0 else { return .failed(errno) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < capacity else {
            giveBack(descriptor)
            return .failed(ENAMETOOLONG)
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return result(status, descriptor)
    }

    /// How a connect that was under way has ended: 0, or the error's number.
    static func pendingError(_ descriptor: Int32) -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length) == 0 ? code : errno
    }

    /// A pipe that wakes a thread out of ``wait(_:milliseconds:)``.
    static func makePipe() throws -> (reading: Int32, writing: Int32) {
        var ends: (Int32, Int32) = (-1, -1)
        let status = unsafe withUnsafeMutableBytes(of: &ends) { unsafe pipe($0.assumingMemoryBound(to: Int32.self).baseAddress) }
        guard status == 0 else { throw Failure(call: "pipe", code: errno) }
        prepare(ends.0)
        prepare(ends.1)
        return (ends.0, ends.1)
    }

    // MARK: - Talking

    /// Reads what has arrived, as far as it fits into the buffer.
    static func receive(_ descriptor: Int32, into buffer: inout [UInt8]) -> ReadResult {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count > 0 { return .bytes(count) }
            if count == 0 { return .end }
            if errno == EINTR { continue }
            return errno == EAGAIN || errno == EWOULDBLOCK ? .nothingYet : .failed(isReset: errno == ECONNRESET)
        }
    }

    /// Writes as much as the system takes: the number of bytes, or nil if the other end is gone.
    static func put(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> Int? {
        while true {
            let count = unsafe bytes.withUnsafeBytes { unsafe send(descriptor, $0.baseAddress, $0.count, sendFlags) }
            if count >= 0 { return count }
            if errno == EINTR { continue }
            return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : nil
        }
    }

    /// Wakes whoever waits for the other end of a pipe. A full pipe is readable already.
    static func signal(_ descriptor: Int32) {
        var byte: UInt8 = 1
        unsafe _ = write(descriptor, &byte, 1)
    }

    /// Waits until one of the descriptors is ready, or for so long; a negative time has no end.
    static func wait(_ entries: inout [pollfd], milliseconds: Int32) {
        let count = nfds_t(entries.count)
        unsafe entries.withUnsafeMutableBufferPointer { unsafe _ = poll($0.baseAddress, count, milliseconds) }
    }

    // MARK: - Ending

    /// Tells the other end that nothing more will come.
    static func finishWriting(_ descriptor: Int32) {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Gives a descriptor back. What was written before is still delivered.
    static func giveBack(_ descriptor: Int32) {
        _ = close(descriptor)
    }

    /// Gives a descriptor back and lets the other end of a TCP connection find a reset.
    static func reset(_ descriptor: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        unsafe _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        giveBack(descriptor)
    }

    #if os(Linux)
        /// Lets the kernel drop everything that comes in on a connection before it acknowledges it, as if the machine had gone.
        ///
        /// The other end's acknowledgement of what was sent last is waited for, at most a second. Without it the kernel would send that again and again for
        /// minutes, and show the other end a machine that is still there.
        static func deafen(_ descriptor: Int32) {
            let start = ContinuousClock.now
            while isUnacknowledged(descriptor), ContinuousClock.now - start < .seconds(1) { usleep(1_000) }
            // One instruction of the kernel's packet filter: "take 0 bytes".
            var instruction = FilterInstruction(code: 0x06, whenTrue: 0, whenFalse: 0, operand: 0)
            unsafe withUnsafeMutablePointer(to: &instruction) { pointer in
                var program = unsafe FilterProgram(length: 1, instructions: pointer)
                unsafe _ = setsockopt(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, &program, socklen_t(MemoryLayout<FilterProgram>.size))
            }
        }

        /// Whether the other end's kernel has not yet acknowledged all that was sent.
        private static func isUnacknowledged(_ descriptor: Int32) -> Bool {
            var bytes: Int32 = 0
            return unsafe ioctl(descriptor, UInt(TIOCOUTQ), &bytes) == 0 && bytes > 0
        }

        private struct FilterInstruction {
            var code: UInt16
            var whenTrue: UInt8
            var whenFalse: UInt8
            var operand: UInt32
        }

        @unsafe
        private struct FilterProgram {
            var length: UInt16
            var instructions: UnsafeMutablePointer<FilterInstruction>
        }
    #endif

    // MARK: - Inside

    /// A write to a connection that is gone must not end the process.
    #if canImport(Darwin)
        private static let sendFlags: Int32 = 0
    #else
        private static let sendFlags = Int32(MSG_NOSIGNAL)
    #endif

    private static func newSocket(_ family: Int32, datagrams: Bool = false) -> Int32 {
        #if canImport(Glibc)
            let descriptor = socket(family, Int32((datagrams ? SOCK_DGRAM : SOCK_STREAM).rawValue), 0)
        #else
            let descriptor = socket(family, datagrams ? SOCK_DGRAM : SOCK_STREAM, 0)
        #endif
        if descriptor >= 0 { prepare(descriptor) }
        return descriptor
    }

    private static func prepare(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        #if canImport(Darwin)
            set(descriptor, SOL_SOCKET, SO_NOSIGPIPE, 1)
        #endif
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ name: Int32, _ value: Int32) {
        var value = value
        unsafe _ = setsockopt(descriptor, level, name, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func withLoopback<Value>(_ port: Int, _ host: UInt32, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Value) -> Value {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = host.bigEndian
        address.sin_port = UInt16(port).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
    }

    private static func result(_ status: Int32, _ descriptor: Int32) -> ConnectResult {
        if status == 0 { return .connected(descriptor) }
        let code = errno
        if code == EINPROGRESS { return .underWay(descriptor) }
        giveBack(descriptor)
        return code == EAGAIN || code == EINTR ? .tryAgain : .failed(code)
    }
}
