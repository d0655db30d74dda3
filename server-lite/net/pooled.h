// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory_resource>

namespace Hubbub
{

/// Base of classes with thousands of objects, each of which is looked at for every broadcast: they lie side
/// by side, each from the beginning of a line of the cache, so that going through them touches few pages and
/// no line in vain. The memory of those that are gone is kept for others of the same class. Thread: any.
template <typename T>
class Pooled
{
public:
    static void *operator new(std::size_t size) { return pool().allocate(size, line); }
    static void operator delete(void *object, std::size_t size) { pool().deallocate(object, size, line); }

private:
    static constexpr std::size_t line = 64;

    static std::pmr::memory_resource &pool()
    {
#ifdef __SANITIZE_ADDRESS__ // which is to see what becomes of each of them
        static auto &pool = *std::pmr::new_delete_resource();
#else
        // Never destroyed: objects may outlive whatever else is static.
        static auto &pool = *new std::pmr::synchronized_pool_resource(
            {.max_blocks_per_chunk = 256, .largest_required_pool_block = 4096});
#endif
        return pool;
    }
};

} // namespace Hubbub
