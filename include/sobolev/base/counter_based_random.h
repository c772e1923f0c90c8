// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_base_counter_based_random_h
#define sobolev_base_counter_based_random_h

#include <array>
#include <cstdint>
#include <vector>

namespace sobolev
{
  /**
   * Random numbers without state: each is a function of its number, so that
   * any process computes any of them, in any order, with the same result on
   * every platform.
   *
   * The generator is Philox4x32-10 of Salmon, Moraes, Dror, Shaw, "Parallel
   * random numbers: as easy as 1, 2, 3", Proc. SC11 (2011),
   * https://doi.org/10.1145/2063384.2063405. All functions are local and
   * thread-safe.
   */
  namespace CounterBasedRandom
  {
    using Counter = std::array<std::uint32_t, 4>;
    using Key     = std::array<std::uint32_t, 2>;

    /** Ten rounds of Philox: 128 random bits for each @p counter, @p key. */
    Counter philox(const Counter &counter, const Key &key);

    /** 64 random bits. */
    std::uint64_t bits(const std::uint64_t seed,
                       const std::uint64_t stream,
                       const std::uint64_t index);

    /** Uniformly distributed in the open interval $(0,1)$. */
    double uniform(const std::uint64_t seed,
                   const std::uint64_t stream,
                   const std::uint64_t index);

    /**
     * Normally distributed with mean 0 and variance 1, by the method of Box
     * and Muller. Not independent of uniform() with the same arguments: use
     * another @p stream.
     */
    double normal(const std::uint64_t seed,
                  const std::uint64_t stream,
                  const std::uint64_t index);

    /** The numbers 0, ..., @p n - 1 in a random order, permutation @p index. */
    std::vector<unsigned int> permutation(const std::uint64_t seed,
                                          const std::uint64_t stream,
                                          const std::uint64_t index,
                                          const unsigned int  n);

    /**
     * A seed for a thing that is named by several numbers, for instance a cell
     * by its coarse cell and its children's numbers: 64 bits that look random
     * and depend on @p seed and on every one of @p words.
     */
    std::uint64_t
    hash(const std::uint64_t seed, const std::vector<std::uint64_t> &words);
  } // namespace CounterBasedRandom
} // namespace sobolev

#endif
