// SPDX-License-Identifier: LGPL-2.1-or-later
// Copyright (C) 2026 by the sobolev authors

#include <sobolev/base/exceptions.h>
#include <sobolev/components/network_function.h>

#include <deal.II/lac/vector.h>

#include <algorithm>
#include <array>
#include <mutex>

namespace sobolev
{
  // Allocated tiles by kind of jet. A thread borrows one and returns it, so
  // there are never more than threads at work, and single points allocate
  // nothing in the long run.
  template <int dim>
  class NetworkFunction<dim>::TilePool
  {
  public:
    std::unique_ptr<JetTile>
    borrow(const Network          &network,
           const JetSpecification &jet,
           const std::size_t       n_points)
    {
      {
        const std::lock_guard<std::mutex> lock(mutex);
        auto &shelf = shelves[shelf_number(jet, n_points)];
        if (!shelf.empty())
          {
            auto tile = std::move(shelf.back());
            shelf.pop_back();
            return tile;
          }
      }
      return std::make_unique<JetTile>(network, jet, n_points <= 8 ? 8 : 0);
    }

    void
    give_back(std::unique_ptr<JetTile> tile)
    {
      const std::lock_guard<std::mutex> lock(mutex);
      shelves[shelf_number(tile->specification(), tile->capacity())].push_back(
        std::move(tile));
    }

  private:
    // The four kinds of jets used below differ in their numbers of channels,
    // but for laplacian and hessian in 1D, which are then the same. Small
    // tiles are for single points.
    static unsigned int
    shelf_number(const JetSpecification &jet, const std::size_t n_points)
    {
      return 2 * jet.n_channels() + (n_points <= 8 ? 0 : 1);
    }

    std::mutex                                                    mutex;
    std::map<unsigned int, std::vector<std::unique_ptr<JetTile>>> shelves;
  };



  template <int dim>
  NetworkFunction<dim>::NetworkFunction(const Network             &network,
                                        const std::vector<double> &theta,
                                        const bool                 has_time,
                                        const Provenance          &provenance)
    : dealii::Function<dim>(network.n_outputs())
    , map(network)
    , parameters(theta)
    , time_input(has_time)
    , origin(provenance)
    , weights(map)
    , tiles(std::make_unique<TilePool>())
  {
    const unsigned int n_coordinates = dim + (time_input ? 1 : 0);
    AssertInput(map.n_inputs() >= n_coordinates,
                "surrogate: the network has "
                  << map.n_inputs() << " inputs, but " << dim
                  << " space coordinates" << (time_input ? " and time" : "")
                  << " are needed.");
    AssertInput(parameters.size() == map.n_parameters(),
                "surrogate: " << parameters.size()
                              << " parameters are given, but the network has "
                              << map.n_parameters() << ".");
    weights.assign(dealii::make_array_view(parameters));
    problem_parameters.assign(map.n_inputs() - n_coordinates, 0.);
  }



  template <int dim>
  NetworkFunction<dim>::~NetworkFunction() = default;



  template <int dim>
  void
  NetworkFunction<dim>::set_parameters(const std::vector<double> &values)
  {
    AssertInput(values.size() == problem_parameters.size(),
                "surrogate: " << values.size()
                              << " problem parameters are given, but the "
                                 "network depends on "
                              << problem_parameters.size() << ".");
    problem_parameters = values;
  }



  template <int dim>
  template <typename Action>
  void
  NetworkFunction<dim>::for_each_point(
    const JetSpecification                &jet,
    const std::vector<dealii::Point<dim>> &points,
    const Action                          &action) const
  {
    if (points.empty())
      return;

    auto tile = tiles->borrow(map, jet, points.size());
    for (std::size_t begin = 0; begin < points.size();
         begin += tile->capacity())
      {
        const unsigned int size =
          std::min<std::size_t>(tile->capacity(), points.size() - begin);
        tile->reinit(size);
        for (unsigned int p = 0; p < size; ++p)
          {
            unsigned int input = 0;
            for (unsigned int d = 0; d < dim; ++d)
              tile->set_input(input++, p, points[begin + p][d]);
            if (time_input)
              tile->set_input(input++, p, this->get_time());
            for (const double parameter : problem_parameters)
              tile->set_input(input++, p, parameter);
          }
        map.evaluate(weights, *tile);
        for (unsigned int p = 0; p < size; ++p)
          action(*tile, p, begin + p);
      }
    tiles->give_back(std::move(tile));
  }



  template <int dim>
  void
  NetworkFunction<dim>::value_list(
    const std::vector<dealii::Point<dim>> &points,
    std::vector<double>                   &values,
    const unsigned int                     component) const
  {
    AssertDimension(values.size(), points.size());
    AssertIndexRange(component, this->n_components);
    for_each_point(JetSpecification::value(),
                   points,
                   [&](const JetTile &tile, unsigned int p, std::size_t i) {
                     values[i] = tile.output(component, 0)[p];
                   });
  }



  template <int dim>
  void
  NetworkFunction<dim>::vector_value_list(
    const std::vector<dealii::Point<dim>> &points,
    std::vector<dealii::Vector<double>>   &values) const
  {
    AssertDimension(values.size(), points.size());
    for_each_point(JetSpecification::value(),
                   points,
                   [&](const JetTile &tile, unsigned int p, std::size_t i) {
                     for (unsigned int c = 0; c < this->n_components; ++c)
                       values[i][c] = tile.output(c, 0)[p];
                   });
  }



  template <int dim>
  void
  NetworkFunction<dim>::gradient_list(
    const std::vector<dealii::Point<dim>> &points,
    std::vector<dealii::Tensor<1, dim>>   &gradients,
    const unsigned int                     component) const
  {
    AssertDimension(gradients.size(), points.size());
    AssertIndexRange(component, this->n_components);
    for_each_point(JetSpecification::gradient(dim),
                   points,
                   [&](const JetTile &tile, unsigned int p, std::size_t i) {
                     for (unsigned int d = 0; d < dim; ++d)
                       gradients[i][d] = tile.output(component, 1 + d)[p];
                   });
  }



  template <int dim>
  void
  NetworkFunction<dim>::vector_gradient_list(
    const std::vector<dealii::Point<dim>>            &points,
    std::vector<std::vector<dealii::Tensor<1, dim>>> &gradients) const
  {
    AssertDimension(gradients.size(), points.size());
    for_each_point(JetSpecification::gradient(dim),
                   points,
                   [&](const JetTile &tile, unsigned int p, std::size_t i) {
                     for (unsigned int c = 0; c < this->n_components; ++c)
                       for (unsigned int d = 0; d < dim; ++d)
                         gradients[i][c][d] = tile.output(c, 1 + d)[p];
                   });
  }



  template <int dim>
  void
  NetworkFunction<dim>::laplacian_list(
    const std::vector<dealii::Point<dim>> &points,
    std::vector<double>                   &laplacians,
    const unsigned int                     component) const
  {
    AssertDimension(laplacians.size(), points.size());
    AssertIndexRange(component, this->n_components);
    for_each_point(JetSpecification::laplacian(dim),
                   points,
                   [&](const JetTile &tile, unsigned int p, std::size_t i) {
                     laplacians[i] = tile.output(component, 1 + dim)[p];
                   });
  }



  template <int dim>
  void
  NetworkFunction<dim>::hessian_list(
    const std::vector<dealii::Point<dim>>        &points,
    std::vector<dealii::SymmetricTensor<2, dim>> &hessians,
    const unsigned int                            component) const
  {
    AssertDimension(hessians.size(), points.size());
    AssertIndexRange(component, this->n_components);
    for_each_point(JetSpecification::hessian(dim),
                   points,
                   [&](const JetTile &tile, unsigned int p, std::size_t i) {
                     unsigned int channel = 1 + dim;
                     for (unsigned int a = 0; a < dim; ++a)
                       for (unsigned int b = a; b < dim; ++b)
                         hessians[i][a][b] =
                           tile.output(component, channel++)[p];
                   });
  }



  template <int dim>
  double
  NetworkFunction<dim>::value(const dealii::Point<dim> &p,
                              const unsigned int        component) const
  {
    std::vector<double> values(1);
    value_list({p}, values, component);
    return values[0];
  }



  template <int dim>
  void
  NetworkFunction<dim>::vector_value(const dealii::Point<dim> &p,
                                     dealii::Vector<double>   &values) const
  {
    AssertDimension(values.size(), this->n_components);
    std::vector<dealii::Vector<double>> list(1, values);
    vector_value_list({p}, list);
    values = list[0];
  }



  template <int dim>
  dealii::Tensor<1, dim>
  NetworkFunction<dim>::gradient(const dealii::Point<dim> &p,
                                 const unsigned int        component) const
  {
    std::vector<dealii::Tensor<1, dim>> gradients(1);
    gradient_list({p}, gradients, component);
    return gradients[0];
  }



  template <int dim>
  void
  NetworkFunction<dim>::vector_gradient(
    const dealii::Point<dim>            &p,
    std::vector<dealii::Tensor<1, dim>> &gradients) const
  {
    AssertDimension(gradients.size(), this->n_components);
    std::vector<std::vector<dealii::Tensor<1, dim>>> list(1, gradients);
    vector_gradient_list({p}, list);
    gradients = list[0];
  }



  template <int dim>
  double
  NetworkFunction<dim>::laplacian(const dealii::Point<dim> &p,
                                  const unsigned int        component) const
  {
    std::vector<double> laplacians(1);
    laplacian_list({p}, laplacians, component);
    return laplacians[0];
  }



  template <int dim>
  dealii::SymmetricTensor<2, dim>
  NetworkFunction<dim>::hessian(const dealii::Point<dim> &p,
                                const unsigned int        component) const
  {
    std::vector<dealii::SymmetricTensor<2, dim>> hessians(1);
    hessian_list({p}, hessians, component);
    return hessians[0];
  }



  template class NetworkFunction<1>;
  template class NetworkFunction<2>;
  template class NetworkFunction<3>;
} // namespace sobolev
