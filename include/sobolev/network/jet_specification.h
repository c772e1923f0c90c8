// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_network_jet_specification_h
#define sobolev_network_jet_specification_h

#include <array>
#include <map>
#include <utility>
#include <vector>

namespace sobolev
{
  /**
   * Which input derivatives of a network are wanted, and how they are computed.
   *
   * A *jet* is the value of the outputs together with the derivatives that
   * somebody asked for, one *channel* each. Channel 0 is the value. Every other
   * one is a sum of partial derivatives of one order up to four,
   * @f[
   *   \sum_t c_t\, \partial_{d_{t,1}} \cdots \partial_{d_{t,k}} u ,
   * @f]
   * along directions $d$ that are inputs or linear combinations of inputs. A
   * sum, for instance the Laplacian or $\Delta^2$, is propagated as a whole
   * (*collapsed*: Dangel, Siebert, Zeinhofer and Walther 2025,
   * arXiv:2505.13644). Nothing that is not needed is computed:
   *
   * | jet                                   | channels            |
   * | ------------------------------------- | ------------------- |
   * | gradient(dim)                         | 1 + dim             |
   * | laplacian(dim)                        | 2 + dim             |
   * | hessian(dim)                          | 1 + dim + dim(dim+1)/2 |
   * | $u_{xxx}$                             | 4                   |
   * | $u_{xxxx}$ and $u_t$                  | 6                   |
   * | $\Delta^2 u$ in 2D, 3D                | 9, 14               |
   *
   * Channels that others are made of are added by themselves, so use the
   * number that add() returns. The same derivative is never there twice.
   *
   * The members composition() and product() hold the chain rule (Faà di Bruno)
   * and the product rule (Leibniz) for these channels as lists of products;
   * network layers, Jet and known functions of the inputs all use them.
   */
  class JetSpecification
  {
  public:
    /** The highest order of derivatives. */
    static constexpr unsigned int max_order = 4;

    /** Derivatives are taken along these directions (positions). */
    using MultiIndex = std::vector<unsigned int>;

    /** One term $c\,\partial_{d_1} \cdots \partial_{d_k}$ of a channel. */
    struct Term
    {
      MultiIndex along;
      double     factor;
    };

    /**
     * A term of the chain rule: channel @p channel of $f(z)$ contains
     * `factor` $f^{(n)}(z)$ times the product of the channels
     * `factors[0..n-1]` of $z$.
     */
    struct CompositionTerm
    {
      unsigned int                        channel;
      unsigned int                        n;
      std::array<unsigned int, max_order> factors;
      double                              factor;
    };

    /**
     * A term of the product rule: channel @p channel of $u v$ contains
     * `factor` times channel `left` of $u$ times channel `right` of $v$.
     */
    struct ProductTerm
    {
      unsigned int channel, left, right;
      double       factor;
    };

    /** Only the value. */
    JetSpecification();

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

    /** As gradient(), and $\Delta^2 u$ in the last channel. */
    static JetSpecification bilaplacian(const unsigned int dim);

    /**
     * Make the derivative along @p input a channel, if it is none yet.
     *
     * @return the position of the direction in directions().
     */
    unsigned int add_first(const unsigned int input);

    /**
     * As add_first() for the directional derivative $\sum_i v_i \partial_i$;
     * @p components holds $v_i$ for the first inputs, others count as zero.
     */
    unsigned int add_direction(const std::vector<double> &components);

    /**
     * Make the partial derivative along the given directions (positions) a
     * channel, if it is none yet, and return the number of the channel.
     */
    unsigned int add(const MultiIndex &along);

    /**
     * Make a sum of derivatives of the same order a channel, if it is none
     * yet, and return its number. The order is at most max_order.
     */
    unsigned int add(const std::vector<Term> &terms);

    /** The channel of a partial derivative that was added. */
    unsigned int channel(const MultiIndex &along) const;

    unsigned int
    n_channels() const
    {
      return channels.size();
    }

    /** Directions; the derivative along number d is channel first(d). */
    const std::vector<std::vector<double>> &
    directions() const
    {
      return direction_vectors;
    }

    unsigned int
    first(const unsigned int direction) const
    {
      return first_channels[direction];
    }

    /** What channel number @p c is; the value has one term without directions.
     */
    const std::vector<Term> &
    terms(const unsigned int c) const
    {
      return channels[c];
    }

    /** The order of derivatives of channel @p c. */
    unsigned int
    order(const unsigned int c) const
    {
      return channels[c].front().along.size();
    }

    /** The highest order of all channels. */
    unsigned int order() const;

    /**
     * The chain rule, all terms with $n \ge 2$, ordered by channels. Beside
     * them, every channel $c > 0$ contains $f'(z)\, z_c$.
     */
    const std::vector<CompositionTerm> &
    composition() const
    {
      return composition_terms;
    }

    /** The product rule, all terms, ordered by channels. */
    const std::vector<ProductTerm> &
    product() const
    {
      return product_terms;
    }

    /**
     * If the channels are the value, first derivatives along directions $d$,
     * and $\sum_d c_d\, \partial_{dd} u$: the $c_d$. Otherwise empty. The
     * kernels have loops of their own for such jets.
     */
    const std::vector<double> &
    laplacian_factors() const
    {
      return diagonal_factors;
    }

  private:
    // The rules of one channel while they are collected; equal products are
    // merged.
    struct Rules
    {
      void
      add_composition(std::vector<unsigned int> factors, const double factor);

      // Also with one and two exchanged.
      void add_product(const unsigned int one,
                       const unsigned int two,
                       const double       factor);

      std::map<std::vector<unsigned int>, double>             compositions;
      std::map<std::pair<unsigned int, unsigned int>, double> products;
    };

    // The channel with exactly these terms, or n_channels().
    unsigned int find(const std::vector<Term> &sum) const;

    unsigned int append(const std::vector<Term> &sum);

    void find_laplacian();

    void
    add_second_order_rules(const std::vector<Term> &sum, Rules &rules) const;
    void
    add_third_order_rules(const std::vector<Term> &sum, Rules &rules) const;
    void
    add_fourth_order_rules(const std::vector<Term> &sum, Rules &rules) const;

    std::vector<std::vector<double>> direction_vectors;
    std::vector<unsigned int>        first_channels;
    std::vector<std::vector<Term>>   channels;
    std::vector<CompositionTerm>     composition_terms;
    std::vector<ProductTerm>         product_terms;
    std::vector<double>              diagonal_factors;
  };
} // namespace sobolev

#endif
