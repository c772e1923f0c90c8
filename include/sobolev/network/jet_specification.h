// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_jet_specification_h
#define sobolev_network_jet_specification_h

#include <vector>

namespace sobolev
{
  /**
   * Which input derivatives of a network are wanted.
   *
   * A *jet* is the value of the outputs together with the derivatives that
   * somebody asked for, one *channel* each:
   *
   * | channels                 | content                                  |
   * | ------------------------ | ---------------------------------------- |
   * | 0                        | value $u$                                |
   * | next n_first()           | $\partial u / \partial x_i$, see first() |
   * | next n_second()          | $\sum_t c_t\, \partial_{a_t} \partial_{b_t} u$, see second() |
   *
   * A Hessian entry and a Laplacian are both one contracted channel: the
   * latter is propagated as a whole ("collapsed"), which costs one channel
   * whatever the number of directions. Nothing that is not listed is computed.
   */
  class JetSpecification
  {
  public:
    /** One term $c\,\partial_a \partial_b$ of a second-order channel. */
    struct Term
    {
      /** Positions in first() (not input numbers) of the two directions. */
      unsigned int a, b;

      /** The constant $c$. */
      double factor;
    };

    /** Only the value. */
    static JetSpecification value();

    /** Value and the derivatives along inputs 0, ..., dim-1. */
    static JetSpecification gradient(const unsigned int dim);

    /** As gradient(), and the Laplacian over these inputs. */
    static JetSpecification laplacian(const unsigned int dim);

    /**
     * As gradient(), and the upper triangle of the Hessian, row by row: (0,0),
     * (0,1), ..., (1,1), ...
     */
    static JetSpecification hessian(const unsigned int dim);

    /** Add a derivative along @p input; return its position in first(). */
    unsigned int add_first(const unsigned int input);

    /** Add a channel with the given sum of second derivatives. */
    void add_second(const std::vector<Term> &terms);

    unsigned int
    n_first() const
    {
      return first_inputs.size();
    }

    unsigned int
    n_second() const
    {
      return second_terms.size();
    }

    unsigned int
    n_channels() const
    {
      return 1 + n_first() + n_second();
    }

    /** The inputs along which first derivatives are taken. */
    const std::vector<unsigned int> &
    first() const
    {
      return first_inputs;
    }

    /** The terms of each second-order channel. */
    const std::vector<std::vector<Term>> &
    second() const
    {
      return second_terms;
    }

  private:
    std::vector<unsigned int>      first_inputs;
    std::vector<std::vector<Term>> second_terms;
  };
} // namespace sobolev

#endif
