// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_training_block_schedule_h
#define sobolev_training_block_schedule_h

#include <map>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * Sequential training: blocks of a loss that become part of it only after
   * some iterations, for instance data first and an equation with unknown
   * coefficients later (Maddu, Sturm, Mueller, Sbalzarini, Mach. Learn.: Sci.
   * Technol. 3 (2022) 015026, section on catastrophic forgetting).
   *
   * In phase $p = 0, 1, \dots$ those blocks count that begin at or before the
   * $p$-th different number of iterations.
   */
  class BlockSchedule
  {
  public:
    /** All blocks count all the time. */
    BlockSchedule() = default;

    /** @param starts Iterations before a block begins, by its name. */
    explicit BlockSchedule(const std::map<std::string, unsigned int> &starts);

    /** The iterations at which the phases after the first one begin. */
    const std::vector<unsigned int> &
    phase_starts() const
    {
      return begins;
    }

    /**
     * One for each block that counts in @p phase, zero for the others.
     *
     * @throws InputError if a block that begins later is not among the
     * @p names, or if none of them begins at once.
     */
    std::vector<double> factors(const std::vector<std::string> &names,
                                const unsigned int              phase) const;

    /** The names of the blocks that begin with @p phase, for people. */
    std::string description(const unsigned int phase) const;

  private:
    // The phase that a block begins with.
    unsigned int phase_of(const std::string &name) const;

    std::map<std::string, unsigned int> starts;
    std::vector<unsigned int>           begins;
  };
} // namespace sobolev

#endif
