// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#ifndef sobolev_components_network_function_h
#define sobolev_components_network_function_h

#include <sobolev/network/network.h>

#include <deal.II/base/function.h>
#include <deal.II/base/symmetric_tensor.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace sobolev
{
  /**
   * A trained network as a deal.II function: use it wherever a
   * dealii::Function goes - interpolation, boundary values, coefficients,
   * initial guesses, VectorTools::integrate_difference().
   *
   * Values, gradients, Laplacians and Hessians are exact derivatives of the
   * network, not differences. The list versions are the real ones: points are
   * evaluated in tiles with one matrix product per layer and tile. The
   * versions for single points call them.
   *
   * The inputs of the network are the dim coordinates, then time if the
   * surrogate was made with time, then parameters of the problem, see
   * set_time() and set_parameters().
   *
   * Const functions may be called from several threads at once. Local to the
   * process.
   */
  template <int dim>
  class NetworkFunction : public dealii::Function<dim>
  {
  public:
    /** Free text about where the surrogate comes from, by topic. */
    using Provenance = std::map<std::string, std::string>;

    /**
     * A copy of @p network with the parameters @p theta.
     *
     * @param has_time   Whether input number dim is time.
     * @param provenance Kept for save().
     *
     * @throws InputError if the numbers of inputs or parameters do not fit.
     */
    NetworkFunction(const Network             &network,
                    const std::vector<double> &theta,
                    const bool                 has_time   = false,
                    const Provenance          &provenance = {});

    ~NetworkFunction() override;

    /**
     * Read what save() has written.
     *
     * @throws InputError with a sentence that names the file and what is
     * wrong: it does not exist, is no surrogate, has another dimension, its
     * parameters are not finite or too few.
     */
    static std::unique_ptr<NetworkFunction<dim>>
    load(const std::string &file_name);

    /**
     * Write architecture, scalings, parameters and provenance to an HDF5 file,
     * see doc/surrogate_file.md for the layout. The file appears under its
     * name when it is complete. To be called on one process only.
     *
     * @throws InputError if the file cannot be written.
     */
    void save(const std::string &file_name) const;

    /** Values of the problem parameters [-] for all later evaluations. */
    void set_parameters(const std::vector<double> &values);

    const Network &
    network() const
    {
      return map;
    }

    const std::vector<double> &
    theta() const
    {
      return parameters;
    }

    const Provenance &
    provenance() const
    {
      return origin;
    }

    bool
    has_time() const
    {
      return time_input;
    }

    double value(const dealii::Point<dim> &p,
                 const unsigned int        component = 0) const override;

    void vector_value(const dealii::Point<dim> &p,
                      dealii::Vector<double>   &values) const override;

    void value_list(const std::vector<dealii::Point<dim>> &points,
                    std::vector<double>                   &values,
                    const unsigned int component = 0) const override;

    void vector_value_list(
      const std::vector<dealii::Point<dim>> &points,
      std::vector<dealii::Vector<double>>   &values) const override;

    dealii::Tensor<1, dim>
    gradient(const dealii::Point<dim> &p,
             const unsigned int        component = 0) const override;

    void vector_gradient(
      const dealii::Point<dim>            &p,
      std::vector<dealii::Tensor<1, dim>> &gradients) const override;

    void gradient_list(const std::vector<dealii::Point<dim>> &points,
                       std::vector<dealii::Tensor<1, dim>>   &gradients,
                       const unsigned int component = 0) const override;

    void vector_gradient_list(const std::vector<dealii::Point<dim>> &points,
                              std::vector<std::vector<dealii::Tensor<1, dim>>>
                                &gradients) const override;

    double laplacian(const dealii::Point<dim> &p,
                     const unsigned int        component = 0) const override;

    void laplacian_list(const std::vector<dealii::Point<dim>> &points,
                        std::vector<double>                   &laplacians,
                        const unsigned int component = 0) const override;

    dealii::SymmetricTensor<2, dim>
    hessian(const dealii::Point<dim> &p,
            const unsigned int        component = 0) const override;

    void hessian_list(const std::vector<dealii::Point<dim>>        &points,
                      std::vector<dealii::SymmetricTensor<2, dim>> &hessians,
                      const unsigned int component = 0) const override;

  private:
    // Call action(tile, p, i) for each of the points i, which is number p of
    // an evaluated tile.
    template <typename Action>
    void for_each_point(const JetSpecification                &jet,
                        const std::vector<dealii::Point<dim>> &points,
                        const Action                          &action) const;

    const Network             map;
    const std::vector<double> parameters;
    const bool                time_input;
    const Provenance          origin;
    NetworkWeights            weights;
    std::vector<double>       problem_parameters;

    // Tiles to be reused; see the source.
    class TilePool;
    const std::unique_ptr<TilePool> tiles;
  };
} // namespace sobolev

#endif
